#!/usr/bin/env python3
"""Writes docs/guide_table.md from the program: 14 situations × 11 actions, what each plan begins with, by when, what never
to do, whom to call. With --check it fails when the page is not what the program says today, or when a cell is empty.
usage: guide_table.py SEKISHO [--check]"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "guide_table.md"
TODAY = "2026-11-23"  # a fixed day, so that the page changes only with the data
ACTIONS = ["received", "tapped", "personal_data", "password", "card", "bank", "paid", "installed", "remote_control",
           "replied", "called"]
HEAD = f"""# What each plan begins with

Made by `python3 tools/guide_table.py build/dev/sekisho`; a test fails when it is out of date. One row for each situation and each thing that
may have been done; the dates are those of a reader on {TODAY}. *never* and *desks* count what the plan lists and name the first.

"""


def plan(program, situation, action):
    answers = {"situations": [situation], "done": [action], "lang": "en"}
    run = subprocess.run([program, "guide", "--answers", "-", "--format", "json", "--today", TODAY],
                         input=json.dumps(answers), capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def row(program, situation, action):
    made = plan(program, situation, action)
    due = [step for step in made["steps"] if step["deadline_text"]]
    then = " → ".join(step["id"] for step in made["steps"][1:7])
    cells = [action, f"{made['steps'][0]['id']}: {made['steps'][0]['text']}" if made["steps"] else "", then,
             f"{due[0]['id']}: {due[0]['deadline_text']}" if due else "",
             f"{len(made['never'])}: {made['never'][0]}" if made["never"] else "",
             f"{len(made['contacts'])}: " + ", ".join(desk["id"] for desk in made["contacts"]) if made["contacts"] else ""]
    for name, cell in zip(("action", "first step", "second step", "deadline", "never", "desks"), cells):
        if not cell:
            sys.exit(f"{situation} × {action}: no {name}")
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |\n"


def page(program):
    out = HEAD
    for file in sorted((ROOT / "knowledge" / "care" / "situations").glob("*.yaml")):
        out += f"## {file.stem}\n\n| done | first step | then | first deadline | never | desks |\n|---|---|---|---|---|---|\n"
        out += "".join(row(program, file.stem, action) for action in ACTIONS) + "\n"
    return out.rstrip("\n") + "\n"


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    made = page(sys.argv[1])
    if "--check" not in sys.argv:
        PAGE.write_text(made)
    elif PAGE.read_text() != made:
        sys.exit("docs/guide_table.md is out of date: python3 tools/guide_table.py build/dev/sekisho")


main()
