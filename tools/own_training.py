#!/usr/bin/env python3
"""Gathers what we wrote ourselves into labelled mail for `sekisho train` (docs/formats/labelled.md).

usage: own_training.py SOURCE_DIR OUT_DIR [INDEX.tsv]

The cases of the cards (a case that an accusing card must notice is a scam, a "silent legit" one is wanted), the gallery, the
mails of the story with their genuine twins, the samples, and training/*.jsonl. All of it is invented. tests/blind stays
out: it is what the result is measured on. With an INDEX.tsv of corpora (path, label, lang, corpus), OUT_DIR/../corpora.tsv lists those of them that the model
inside the binary may learn from: without those whose licence forbids it, and old spam as scam (docs/model_card.md).
"""
import pathlib
import re
import sys

import yaml


FORBIDDEN = {"phishing_pot"}  # CC BY-NC 4.0
SPAM_IS_SCAM = {"spamassassin"}


def corpora(index: pathlib.Path, out: pathlib.Path) -> None:
    rows = [line.split("\t") for line in index.read_text(encoding="utf-8").splitlines()]
    columns = {name: i for i, name in enumerate(rows[0])}
    with open(out, "w", encoding="utf-8") as table:
        table.write("path\tlabel\tlang\tcorpus\n")
        for row in rows[1:]:
            path, label, lang, corpus = (row[columns[name]] for name in ("path", "label", "lang", "corpus"))
            if corpus in FORBIDDEN:
                continue
            label = "scam" if label == "spam" and corpus in SPAM_IS_SCAM else label
            table.write(f"{(index.parent / path).resolve()}\t{label}\t{lang}\t{corpus}\n")


def language(text: str) -> str:
    return "ja" if re.search(r"[\u3041-\u30ff]", text) else "en"


def main() -> int:
    source, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    rows = []

    def add(corpus: str, label: str, kind: str, name: str, content: str) -> None:
        (out / name).write_text(content, encoding="utf-8")
        rows.append((name, label, corpus, kind, language(content)))

    for cases in sorted((source / "signs").rglob("*.cases")):
        card = yaml.safe_load(cases.with_suffix(".yaml").read_text(encoding="utf-8"))
        if "when" not in card:
            continue
        parts = re.split(r"^=== (.*)$", cases.read_text(encoding="utf-8"), flags=re.M)
        for number, (head, body) in enumerate(zip(parts[1::2], parts[2::2])):
            expect, *_, read_as = [field.strip() for field in head.split("|")][:3]
            if expect == "silent legit":
                label = "legit"
            elif expect == "fires" and card["weight"] > 0.3:
                label = "scam"
            else:
                continue
            ending = "eml" if read_as == "mail" else "txt"
            add("cards", label, cases.parent.name, f"cards-{cases.stem}-{number}.{ending}", body.strip("\n") + "\n")
    for file in sorted((source / "knowledge/gallery").glob("*.yaml")):
        gallery = yaml.safe_load(file.read_text(encoding="utf-8"))
        for example in gallery["examples"]:
            ending = "eml" if example.get("read_as") == "mail" else "txt"
            add("gallery", "scam", gallery["kind"], f"gallery-{example['id']}.{ending}", example["message"])
    with open(out / "labels.tsv", "w", encoding="utf-8") as table:
        table.write("file\tlabel\tcorpus\tkind\tlang\n")
        for row in rows:
            table.write("\t".join(row) + "\n")
        for line in (source / "tests/story/labels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            name, label, kind = line.split("\t")[:3]
            table.write(f"{(source / 'tests/story' / name).resolve()}\t{label}\tstory\t{kind}\tja\n")
        for mail in sorted((source / "samples").glob("*.eml")):
            table.write(f"{mail.resolve()}\t{'scam' if mail.name.startswith('story') else 'legit'}\tstory\tsamples\tja\n")
    for short in sorted((source / "training").glob("*.jsonl")):
        (out / short.name).write_text(short.read_text(encoding="utf-8"), encoding="utf-8")
    if len(sys.argv) > 3:
        corpora(pathlib.Path(sys.argv[3]), out.parent / "corpora.tsv")
    print(f"{len(rows)} cases and examples, and the story, in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
