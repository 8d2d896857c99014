#!/bin/sh
# The Debian 12 packages that the build, the tests and the extras need; docs/dependencies.md says what each is for.
# usage: packages.sh build|test|fuzz|web|web-test    installs what is missing (needs root or sudo) and says what it does.
set -eu
build="g++ cmake ninja-build pkg-config python3 libgmime-3.0-dev libicu-dev libpsl-dev libvectorscan-dev libyaml-cpp-dev libfmt-dev
       libcli11-dev libexpected-dev libboost1.81-dev libarchive-dev libsqlite3-dev libsodium-dev libssl-dev libzxcvbn-dev libpango1.0-dev
       libseccomp-dev fonts-noto-cjk libqrencode-dev"
case ${1:-build} in
  build) want=$build ;;
  test) want="$build libgtest-dev libgmock-dev libbenchmark-dev python3-yaml python3-jsonschema curl dovecot-sieve postfix procmail maildrop poppler-utils" ;;
  fuzz) want="$build clang-14 libclang-rt-14-dev libgtest-dev" ;;
  # The page. A Node from elsewhere (18.18 or later) with its npm will do: Debian's npm does not go beside it.
  web | web-test)
    want=""
    { command -v node && command -v npm; } >/dev/null 2>&1 || want="nodejs npm ca-certificates"
    [ "$1" = web ] || want="$want chromium fonts-noto-cjk"
    ;;
  *) echo "usage: packages.sh build|test|fuzz|web|web-test" >&2; exit 64 ;;
esac
missing=""
for package in $want; do
  case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true) in
    "install ok installed") ;;
    *) missing="$missing $package" ;;
  esac
done
[ -n "$missing" ] || exit 0
echo "installing:$missing"
as_root=""
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || { echo "these packages are missing and can only be installed as root:$missing" >&2; echo "  run as root: apt-get install$missing" >&2; exit 69; }
  as_root=sudo
fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
$as_root apt-get install -y -q --no-install-recommends $missing >/dev/null 2>&1 || {
  $as_root apt-get update -q
  $as_root apt-get install -y -q --no-install-recommends $missing
}
