#!/bin/sh
# Builds the page into web/dist: packages when the lock changed, the page when a source changed, nothing otherwise. Prints the
# sizes; fails when the first screen is over its budget. usage: web/build.sh [--packages]  (only the packages)
set -eu
cd "$(dirname "$0")"
say() { echo "$1"; }
newest() { # newest TIMESTAMP_FILE PATH…: something below the paths is newer, or the file is missing
  stamp=$1
  shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}
lock=$(cat package-lock.json package.json .npmrc | cksum)
if [ "$(cat node_modules/.sekisho-lock 2>/dev/null || true)" != "$lock" ]; then
  say "fetching what the page is built with…"
  npm ci --no-progress --loglevel=error
  echo "$lock" > node_modules/.sekisho-lock
fi
[ "${1:-}" = --packages ] && exit 0
if [ ! -e dist/index.html ] || newest node_modules/.sekisho-built src public index.html package-lock.json vite.config.ts svelte.config.js tools/sizes.mjs; then
  say "building the page…"
  rm -f node_modules/.sekisho-built
  ./node_modules/.bin/vite build --logLevel warn
  node tools/sizes.mjs > node_modules/.sekisho-sizes || { cat node_modules/.sekisho-sizes; exit 1; }
  tail -n 1 node_modules/.sekisho-sizes
  touch node_modules/.sekisho-built
fi
