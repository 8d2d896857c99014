#!/bin/sh
# Speed and memory of Sekisho beside its peers, on the same messages in one run (docs/speed.md).
#   bench/run.sh [--install-peers] [--sample N] [--seed N] [--rounds N] [--spamd N] [--json FILE] [FOLDER...]
# A FOLDER of messages (one a file) is a corpus with figures of its own; without one: samples/, tests/story, tests/blind.
#   --install-peers   unpack Debian's rspamd, spamd and spamc under build/peers (nothing is installed on the system);
#                     without them their rows say "not installed"
#   --sample N        messages drawn from each corpus (300), the same ones for the same --seed (1)
#   --spamd N         how many of those spamd gets in each round (20): it takes a tenth of a second for each
#   --rounds N        how often all are measured in turns; medians are shown (7)
#   --json FILE       also write everything as JSON there (build/speed.json)
# Peers run on loopback only, in a network namespace without any other interface where the kernel allows it.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
build=${SEKISHO_BUILD:-build/release}
peers=$here/build/peers
install=no
for argument; do
  case $argument in
    -h|--help) sed -n '2,12s/^# \{0,1\}//p' "$0"; exit 0 ;;
    --install-peers) install=yes ;;
  esac
done

# Debian's rspamd needs libhyperscan5, which excludes the libvectorscan5 that we link: so packages are unpacked, never installed.
install_peers() {
  for tool in apt-get dpkg-deb perl; do
    command -v "$tool" >/dev/null 2>&1 || { echo "--install-peers needs $tool (Debian or Ubuntu)" >&2; exit 69; }
  done
  wanted=$(apt-get -s install --no-install-recommends spamassassin spamd spamc rspamd libvectorscan5- 2>/dev/null |
    awk '$1 == "Inst" && $3 !~ /^\[/ { print $2 }')
  [ -n "$wanted" ] || { echo "apt-get does not know rspamd and spamd: run apt-get update first" >&2; exit 69; }
  mkdir -p "$peers.new/debs" "$peers.new/root"
  # shellcheck disable=SC2086
  (cd "$peers.new/debs" && apt-get -q download $wanted >/dev/null 2>&1) || { echo "apt-get download failed" >&2; exit 69; }
  for package in "$peers.new"/debs/*.deb; do dpkg-deb -x "$package" "$peers.new/root"; done
  rm -rf "$peers"
  mv "$peers.new/root" "$peers"
  rm -rf "$peers.new"
  echo "unpacked $(echo "$wanted" | wc -w) packages in $peers"
}
if [ "$install" = yes ] && [ ! -x "$peers/usr/bin/rspamd" ]; then install_peers; fi

if [ -z "${SEKISHO_BUILD:-}" ]; then
  sh tools/packages.sh test
  cmake --preset release -DSEKISHO_BENCH=ON >/dev/null
  ninja -C "$build" --quiet sekisho bench_stages bench_gmime_baseline
fi

# Only loopback exists in the namespace: no peer can ask a name server or fetch a list, whatever its settings say.
if [ -z "${SEKISHO_BENCH_ALONE:-}" ]; then
  export SEKISHO_BENCH_ALONE=1
  for how in "unshare --net" "unshare --user --map-root-user --net"; do
    # shellcheck disable=SC2086
    if command -v ip >/dev/null 2>&1 && $how true 2>/dev/null; then
      export SEKISHO_BENCH_NET=loopback
      exec $how sh -c 'build=$0 peers=$1; shift; ip link set lo up
        exec python3 bench/compare.py --build "$build" --peers "$peers" "$@"' "$build" "$peers" "$@"
    fi
  done
fi
exec python3 bench/compare.py --build "$build" --peers "$peers" "$@"
