#!/usr/bin/env python3
"""First figures: judges labelled folders and prints, per corpus and never pooled, what came out, with intervals.

usage: measure.py SEKISHO --index INDEX.tsv ROOT      INDEX: path, label (ham|spam|phish), lang, corpus, date
       measure.py SEKISHO --labels LABELS.tsv FOLDER  LABELS: file, label (scam|legit), ...; SMS in sms.jsonl or *_text.jsonl
       --misses: also print what was not called as labelled (never for mail that may not be shown)
Intervals are Wilson's at 95 %. Nothing of a message's text is printed.
"""
import argparse
import collections
import csv
import json
import math
import pathlib
import subprocess
import sys


def wilson(k: int, n: int) -> str:
    if n == 0:
        return "      –        "
    z = 1.96
    p = k / n
    mid = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return f"{100 * p:5.1f} [{100 * max(0, mid - half):5.1f}, {100 * min(1, mid + half):5.1f}]"


def judge(program: str, paths: list) -> dict:
    """path -> answer object, in one run of the program."""
    out = {}
    for start in range(0, len(paths), 2000):
        run = subprocess.run([program, "check", "--format", "json", "--jobs", "2", *map(str, paths[start:start + 2000])], capture_output=True, text=True)
        if run.returncode not in (0, 10, 11, 65, 66):
            sys.exit(f"{program} exited {run.returncode}: {run.stderr[-2000:]}")
        for line in run.stdout.splitlines():
            record = json.loads(line)
            out.setdefault(record["input"], record)
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--index")
    parser.add_argument("--labels")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("root")
    args = parser.parse_args()
    root = pathlib.Path(args.root)
    items = []  # (path, bad?, group)
    texts = []  # (id, text, bad?, group)
    if args.index:
        for row in csv.DictReader(open(args.index, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            if (root / row["path"]).exists():
                items.append((root / row["path"], row["label"] != "ham", f"{row['corpus']} {row['label']} {'ja' if row['lang'] == 'ja' else 'other'}"))
    elif args.labels:
        for row in csv.DictReader(open(args.labels, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            name = row.get("file") or row.get("path") or row.get("id")
            if (root / name).exists():
                bad = row["label"] in ("scam", "phish", "spam")
                items.append((root / name, bad, f"{root.name} {'scam' if bad else 'legit'} {pathlib.Path(name).suffix}"))
        for file in [*root.glob("*.jsonl"), *root.parent.glob(f"{root.name}_text.jsonl")]:
            for line in open(file, encoding="utf-8"):
                row = json.loads(line)
                bad = row["label"] in ("scam", "phish", "spam")
                texts.append((row["id"], row["text"], bad, f"{root.name} {'scam' if bad else 'legit'} text"))
    else:
        parser.error("--index or --labels is needed")
    answers = judge(args.program, [path for path, _, _ in items])
    counts = collections.defaultdict(collections.Counter)
    kinds = collections.Counter()
    misses = []
    rows = [(str(path), bad, group, answers.get(str(path))) for path, bad, group in items]
    for name, text, bad, group in texts:
        run = subprocess.run([args.program, "check", "--format", "json", "-"], input=text.encode(), capture_output=True)
        rows.append((name, bad, group, json.loads(run.stdout.splitlines()[0]) if run.stdout else None))
    for name, bad, group, record in rows:
        verdict = (record or {}).get("verdict") or "error"
        counts[group][verdict] += 1
        quoted = sum(1 for reason in (record or {}).get("reasons", []) if reason["quotes"] and reason["weight"] > 0)
        if verdict == "scam" and quoted < 2:
            counts[group]["under two quotes"] += 1
        if record and record.get("scam_kind"):
            kinds[record["scam_kind"]] += 1
        if (bad and verdict != "scam") or (not bad and verdict not in ("nothing_found",)):
            misses.append((group, verdict, name, (record or {}).get("log_odds"), [(r["sign"], r["weight"]) for r in (record or {}).get("reasons", [])]))
    print(f"{'set':44} {'n':>5}  {'scam %':23} {'cannot tell %':23} {'nothing found %':23} errors")
    for group, count in sorted(counts.items()):
        n = sum(count[v] for v in ("scam", "cannot_tell", "nothing_found", "error"))
        print(f"{group:44} {n:5}  {wilson(count['scam'], n)}   {wilson(count['cannot_tell'], n)}   {wilson(count['nothing_found'], n)}   {count['error']}"
              + (f"  {count['under two quotes']} scam with fewer than two quotes" if count["under two quotes"] else ""))
    if args.misses:
        for group, verdict, name, odds, reasons in sorted(misses, key=lambda m: (m[0], m[1], str(m[2]))):
            print(f"{group} | {verdict} | {name} | {odds} | " + ", ".join(f"{sign} {weight:+.1f}" for sign, weight in reasons))
    return 0


if __name__ == "__main__":
    sys.exit(main())
