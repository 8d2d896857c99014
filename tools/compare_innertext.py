#!/usr/bin/env python3
"""Compares what src/text/html.h sees with what Chromium's innerText gives, over the HTML parts of real mail.

  ninja -C BUILD bench_html_text
  cd FOLDER_WITH_PLAYWRIGHT && compare_innertext.py --ours BUILD/bench/bench_html_text --limit 200 MAIL_FOLDER…

FOLDER_WITH_PLAYWRIGHT is any folder in which `npm install playwright-core` was run; Debian's chromium draws. Scripts are
off and the network is blocked. Text that we call hidden for a reason that innerText does not know (opacity, tiny font, same
colour, zero box, off screen, clipped, indent) is put back where it stood before comparing. Prints a summary, and a line for
each part below --show; with --dump FOLDER the two texts of those parts are written there (private: they quote the mail).
"""
import argparse
import collections
import email
import email.policy
import hashlib
import json
import pathlib
import re
import subprocess
import sys

UNKNOWN_TO_INNERTEXT = {2, 3, 4, 5, 6, 7, 8, 9}
WHY = ["display_none", "visibility", "opacity", "tiny_font", "same_color", "zero_box", "off_screen", "clipped", "indent",
       "mso_hide", "hidden_attribute"]
WORD = re.compile(r"[぀-ヿ㐀-鿿豈-﫿]|[^\W぀-ヿ㐀-鿿豈-﫿]+")


def html_parts(path):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() != "text/html" or part.is_multipart():
            continue
        body = part.get_payload(decode=True) or b""
        charset = str(part.get_content_charset() or "utf-8")
        try:
            text = body.decode(charset, "replace")
        except LookupError:
            text = body.decode("utf-8", "replace")
        yield text.encode("utf-8", "replace").decode("utf-8")


def pick(folders, limit):
    """The same mails each time, evenly from every folder: by the hash of their name."""
    chosen = []
    for folder in folders:
        files = sorted((p for p in pathlib.Path(folder).rglob("*") if p.is_file()),
                       key=lambda p: hashlib.sha256(p.name.encode()).digest())
        mine, wanted = [], limit // len(folders)
        for path in files:
            if len(mine) == wanted:
                break
            try:
                parts = [h for h in html_parts(path) if h.strip()]
            except (ValueError, UnicodeError, LookupError, AttributeError):
                continue
            if parts and len(parts[0]) < 500_000:
                mine.append((path, parts[0]))
        chosen += mine
    return chosen


def as_innertext(seen, glue):
    text = seen["text"].encode()
    out, last = [], 0
    for run in seen["hidden"]:
        if run["why"] not in UNKNOWN_TO_INNERTEXT:
            continue
        out += [text[last:run["at"]].decode("utf-8", "replace"), glue, run["text"], glue]
        last = run["at"]
    out.append(text[last:].decode("utf-8", "replace"))
    return "".join(out)


def words(text):
    return WORD.findall(text.replace("\u00a0", " ").casefold())


def similarity(a, b):
    if not a and not b:
        return 1.0
    common = sum((collections.Counter(a) & collections.Counter(b)).values())
    return 2 * common / (len(a) + len(b))


def lines(text):
    return [re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in text.split("\n") if line.strip(" \t\u00a0")]


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("folders", nargs="+")
    options.add_argument("--ours", required=True)
    options.add_argument("--limit", type=int, default=200)
    options.add_argument("--show", type=float, default=0.98)
    options.add_argument("--dump")
    o = options.parse_args()
    mails = pick(o.folders, o.limit)
    driver = pathlib.Path(__file__).with_suffix(".mjs")
    browser = subprocess.run(["node", str(driver)], input="".join(json.dumps({"html": h}) + "\n" for _, h in mails),
                             capture_output=True, text=True, check=False)
    if browser.returncode != 0:
        sys.exit(browser.stderr)
    answers = [json.loads(line) for line in browser.stdout.splitlines()]
    scores, same_words, same_lines, failed, whys = [], 0, 0, 0, collections.Counter()
    for (path, html), answer in zip(mails, answers, strict=True):
        if "text" not in answer:
            failed += 1
            print("browser failed:", path.name, answer["error"])
            continue
        run = subprocess.run([o.ours], input=html.encode(), capture_output=True, check=True)
        seen = json.loads(run.stdout)
        theirs = answer["text"]
        # innerText may or may not have a break around what we took out.
        ours = max((as_innertext(seen, glue) for glue in (" ", "")), key=lambda t: similarity(words(t), words(theirs)))
        whys.update({WHY[r["why"]] for r in seen["hidden"]})
        score = similarity(words(ours), words(theirs))
        scores.append(score)
        same_words += words(ours) == words(theirs)
        same = [l.casefold() for l in lines(ours)] == [l.casefold() for l in lines(theirs)]
        same_lines += same
        if score < o.show or (o.dump and not same):
            print(f"{score:.4f} {path} ours {len(words(ours))} theirs {len(words(theirs))}")
            if o.dump:
                base = pathlib.Path(o.dump) / path.name
                base.with_suffix(".ours").write_text("\n".join(lines(ours)))
                base.with_suffix(".theirs").write_text("\n".join(lines(theirs)))
                base.with_suffix(".html").write_text(html)
    scores.sort()
    print(f"parts {len(scores)}, browser failed {failed}")
    print(f"same words in the same order {same_words}, same lines {same_lines}")
    print(f"similarity mean {sum(scores) / len(scores):.5f}, worst {scores[0]:.4f}, "
          f"5th percentile {scores[len(scores) // 20]:.4f}")
    print("parts with text hidden by:", dict(whys.most_common()))


if __name__ == "__main__":
    main()
