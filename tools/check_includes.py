#!/usr/bin/env python3
"""Fails on an include that goes up the road (docs/architecture.md).

usage: check_includes.py [SOURCE_DIR]      exit 0: all includes go down; 1: some do not
"""
import pathlib
import re
import sys

# layer: the layers it may include, besides itself. The same table as CMakeLists.txt and docs/architecture.md.
MAY = {
    "base": set(),
    "text": {"base"},
    "message": {"base", "text"},
    "knowledge": {"base", "text"},
    "facts": {"base", "text", "message", "knowledge"},
    "signs": {"base", "text", "knowledge", "facts"},
    "verdict": {"base", "text", "knowledge", "facts", "signs"},
    "gallery": {"base", "text", "knowledge", "facts", "signs", "verdict"},
    "store": {"base"},
    "vault": {"base"},
    "mailbox": {"base", "text", "message", "knowledge", "facts", "signs", "verdict", "store"},
    "campaign": {"base", "text", "message", "knowledge", "facts", "signs", "verdict", "store", "mailbox"},
    "rules": {"base", "text", "knowledge"},
    "care": {"base", "text", "knowledge"},
    "paper": {"base", "text"},
    "casefile": {"base", "text", "knowledge", "care", "paper"},
    "pdf": {"base", "text", "paper"},  # another program: nothing includes it
}
# The composer sees all; the program sees it too.
MAY["engine"] = set(MAY)
MAY["report"] = set(MAY)  # the composer's answers as values and JSON, for every door
MAY["train"] = set(MAY)
MAY["serve"] = set(MAY)
MAY["app"] = set(MAY)
# Headers of a lower layer that must not be seen above it: signs and verdict know facts, never a message.
HIDDEN = {
    "signs": {"facts/scene.h", "facts/history.h"},
    "verdict": {"facts/scene.h", "facts/history.h"},
    "gallery": {"facts/scene.h", "facts/history.h"},
}
# External headers that belong to one layer only: a library is met in one room.
HOME = {
    "archive.h": {"message", "mailbox", "vault"},  # mailbox: a zip of mails, a compressed mbox; vault: a zip to hand over
    "sqlite3.h": {"store"},
    "sodium.h": {"store", "paper", "vault", "app"},  # paper: base64; app: the hash by which a page's policy names its script
    "pango/": {"pdf"},
    "cairo.h": {"pdf"},
    "cairo-pdf.h": {"pdf"},
    "seccomp.h": {"pdf"},
    "openssl/": {"vault", "serve"},
    "zxcvbn.h": {"vault"},
    "hs.h": {"text", "app"},  # app: doctor prints versions
    "libpsl.h": {"text", "app"},
    "yaml-cpp/": {"knowledge", "signs", "verdict", "gallery", "rules"},
    "qrencode.h": {"serve"},
    "CLI/": {"app"},
    "boost/": {"base", "paper", "report", "serve", "train", "app"},  # base: compiled once, for whoever reads or writes JSON
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def main() -> int:
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent) / "src"
    wrong = 0
    seen = 0
    for path in sorted([*root.rglob("*.h"), *root.rglob("*.cc"), *root.rglob("*.inc")]):
        layer = path.relative_to(root).parts[0]
        if layer not in MAY:
            print(f"{path}: the folder '{layer}' is no layer; see docs/architecture.md")
            wrong += 1
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            seen += 1
            kind, header = match.groups()
            first = header.split("/")[0]
            if kind == '"' and first in MAY and first != layer and first not in MAY[layer]:
                print(f"{path}:{number}: {layer} may not include {header}: that layer stands above it")
                wrong += 1
            if kind == '"' and header in HIDDEN.get(layer, set()):
                print(f"{path}:{number}: {layer} may not include {header}: it would see the message")
                wrong += 1
            for library, homes in HOME.items():
                hit = header.startswith(library) if library.endswith("/") else header.endswith(library)
                if kind == "<" and hit and layer not in homes:
                    print(f"{path}:{number}: <{header}> belongs in {', '.join(sorted(homes))}")
                    wrong += 1
    if seen == 0:
        print(f"{root}: no includes found; wrong folder?")
        return 1
    print(f"{seen} includes looked at, {wrong} go the wrong way")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
