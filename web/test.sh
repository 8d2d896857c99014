#!/bin/sh
# Tests of the page. Needs what `sh tools/packages.sh web-test` and `web/build.sh` bring.
#   web/test.sh checks                     formatting, lint, types, unit tests
#   web/test.sh browser PROGRAM [NAME…]    in Chromium against `PROGRAM serve`; NAME: paths, access, hostile
set -eu
here=$(cd "$(dirname "$0")" && pwd)
usage() { echo "usage: web/test.sh checks | browser PROGRAM [NAME…]" >&2; exit 64; }
[ -d "$here/node_modules" ] || { echo "web/build.sh comes first" >&2; exit 69; }
case ${1:-} in
  checks)
    cd "$here"
    ./node_modules/.bin/prettier --check --log-level warn .
    ./node_modules/.bin/eslint .
    ./node_modules/.bin/svelte-check --fail-on-warnings --output human
    exec ./node_modules/.bin/vitest run --config tests/unit.config.ts
    ;;
  browser)
    [ $# -ge 2 ] || usage
    SEKISHO=$(realpath "$2")
    export SEKISHO
    shift 2
    cd "$here"
    exec ./node_modules/.bin/vitest run --config tests/browser.config.ts "$@"
    ;;
  *) usage ;;
esac
