#!/usr/bin/env python3
"""Does what docs/add-a-sign.md and docs/add-an-observer.md tell a reader to do, and holds their promises.

usage: test_walkthrough.py SEKISHO SOURCE_DIR CXX_COMPILER

A block belongs to a file when the line above its fence is that file's name in back-ticks, alone.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SEKISHO, SOURCE, COMPILER = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
BLOCK = re.compile(r"^`([^`\n]+)`\n```[a-z]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CASE = re.compile(r"^=== (fires|silent legit|silent) \| ([^|\n]+) \| (mail|pasted|sms)\n(.*?)(?=^=== |\Z)", re.MULTILINE | re.DOTALL)
SCAM, BAD_DATA = 10, 78
STATE = tempfile.TemporaryDirectory()  # the automaton of the page's phrases is compiled once for all tests


def blocks_of(page: str) -> dict:
    return dict(BLOCK.findall((SOURCE / "docs" / page).read_text(encoding="utf-8")))


def write(root: Path, blocks: dict) -> None:
    for name, text in blocks.items():
        path = root / name
        if not path.resolve().is_relative_to(root.resolve()):
            raise AssertionError(f"{name} lies outside of the folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def sekisho(*arguments, stdin: str = "") -> subprocess.CompletedProcess:
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C", "XDG_STATE_HOME": STATE.name}
    environment.update({k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")})
    return subprocess.run([SEKISHO, *map(str, arguments)], input=stdin.encode(), capture_output=True, env=environment, timeout=300)


class AddASign(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.overlay = Path(temporary.name)
        self.blocks = blocks_of("add-a-sign.md")
        write(self.overlay, self.blocks)
        (self.card,) = [name for name in self.blocks if name.startswith("signs/") and name.endswith(".yaml")]
        (self.cases,) = [name for name in self.blocks if name.endswith(".cases")]
        self.id = Path(self.card).stem

    def read_cases(self) -> list:
        """(expect, context, read_as, message) of each case; every one that the page has."""
        cases = CASE.findall(self.blocks[self.cases])
        self.assertEqual(len(cases), self.blocks[self.cases].count("=== "), "a case was not understood")
        return cases

    def examine_cases(self, *options) -> list:
        """Each case with its report. One run for each way of reading: a new phrase makes the program build its automaton anew."""
        examined = []
        for read_as in ("mail", "pasted", "sms"):
            cases = [case for case in self.read_cases() if case[2] == read_as]
            files = []
            for number, case in enumerate(cases):
                files.append(self.overlay / f"{read_as}-{number}.eml")
                files[-1].write_text(case[3], encoding="utf-8")
            if not files:
                continue
            done = sekisho("check", *options, "--format", "json", "--as", read_as, *files)
            self.assertIn(done.returncode, (0, 10, 11), done.stderr.decode())
            reports = {report["input"]: report for report in map(json.loads, done.stdout.splitlines())}
            examined += [(*case, reports[str(file)]) for case, file in zip(cases, files)]
        return examined

    def refusal(self) -> str:
        done = sekisho("check", "--knowledge", self.overlay, "-", stdin="From: a@b.example\n\nx\n")
        self.assertEqual(done.returncode, BAD_DATA, done.stdout.decode())
        return done.stderr.decode()

    def line_of(self, name: str, text: str) -> int:
        (line,) = [n for n, found in enumerate((self.overlay / name).read_text(encoding="utf-8").splitlines(), 1) if text in found]
        return line

    def misspell(self, name: str, right: str, wrong: str) -> int:
        """Writes the file with a misspelt word; returns the line on which that stands."""
        text = (self.overlay / name).read_text(encoding="utf-8")
        self.assertEqual(text.count(right), 1, right)
        (self.overlay / name).write_text(text.replace(right, wrong), encoding="utf-8")
        return self.line_of(name, wrong)

    def test_the_page_has_words_a_card_and_cases(self):
        self.assertEqual(len(self.blocks), 3, list(self.blocks))
        self.assertEqual(Path(self.cases).with_suffix(".yaml"), Path(self.card))
        expected = {expect for expect, *_ in CASE.findall(self.blocks[self.cases])}
        self.assertLessEqual({"fires", "silent legit"}, expected)
        self.assertGreaterEqual(self.blocks[self.cases].count("=== "), 3)

    def test_every_case_gets_what_it_expects(self):
        for expect, context, _, _, report in self.examine_cases("--knowledge", self.overlay):
            with self.subTest(context):
                fired = [reason["sign"] for reason in report["reasons"]]
                (self.assertIn if expect == "fires" else self.assertNotIn)(self.id, fired)
                if expect == "silent legit":
                    self.assertNotEqual(report["verdict"], "scam", fired)

    def test_without_the_card_no_case_knows_the_sign(self):
        for _, context, _, _, report in self.examine_cases():
            with self.subTest(context):
                self.assertNotIn(self.id, [reason["sign"] for reason in report["reasons"]])

    def test_the_commands_of_the_page(self):
        _, _, _, message = next(case for case in self.read_cases() if case[0] == "fires")
        (self.overlay / "MAIL.eml").write_text(message, encoding="utf-8")
        done = sekisho("check", "--knowledge", self.overlay, "--verbose", "--lang", "en", self.overlay / "MAIL.eml")
        self.assertIn(done.returncode, (SCAM, 11, 0), done.stderr.decode())
        self.assertIn("picture of your stamp card", done.stdout.decode())
        done = sekisho("explain", "--knowledge", self.overlay, "--lang", "en", self.id)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertIn("picture of your stamp card", done.stdout.decode())

    def test_a_misspelt_phrase_list_is_refused_with_file_line_and_nearest_name(self):
        line = self.misspell(self.card, '"phrase:asks_stamp_card_photo"', '"phrase:asks_stamp_card_foto"')
        said = self.refusal()
        self.assertIn(f"{self.card}:{line}: ", said)
        self.assertIn("'asks_stamp_card_photo'", said)

    def test_a_misspelt_fact_is_refused_with_file_line_and_nearest_name(self):
        self.misspell(self.card, '"phrase:asks_stamp_card_photo"', '"phrase:asks_prepaid_code"')  # of the program's own: starts at once
        (words,) = [name for name in self.blocks if name.startswith("phrases/")]
        (self.overlay / words).unlink()
        line = self.misspell(self.card, "- link.any", "- link.ani")
        said = self.refusal()
        self.assertIn(f"{self.card}:{line}: ", said)
        self.assertIn("'link.any'", said)


class AddAnObserver(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = Path(temporary.name)
        self.blocks = blocks_of("add-an-observer.md")
        write(self.root, self.blocks)
        (name,) = [name for name in self.blocks if name.startswith("src/facts/observers/")]
        (test,) = [name for name in self.blocks if name.startswith("tests/facts/")]
        self.observer, self.test = self.root / name, self.root / test
        self.declared = re.findall(r"^/// fact ([a-z0-9_.]+): ", self.blocks[name], re.MULTILINE)
        self.observers = [*sorted((SOURCE / "src/facts/observers").glob("*.cc")), self.observer]

    def generate(self, *arguments) -> subprocess.CompletedProcess:
        return subprocess.run([sys.executable, SOURCE / "tools/generate_facts.py", *arguments, *self.observers], capture_output=True,
                              text=True, timeout=60)

    def generate_headers(self) -> Path:
        out = self.root / "generated"
        done = self.generate(out)
        self.assertEqual(done.returncode, 0, done.stderr)
        return out

    def compiles(self, file: Path, generated: Path) -> subprocess.CompletedProcess:
        return subprocess.run([COMPILER, "-std=c++20", "-fsyntax-only", "-I", generated, "-I", SOURCE / "src", "-I", SOURCE / "tests/facts", file],
                              capture_output=True, text=True, timeout=300)

    def test_the_page_declares_facts_and_the_build_finds_them(self):
        self.assertNotEqual(self.declared, [])
        out = self.generate_headers()
        for name in self.declared:
            self.assertIn(f"  {name.replace('.', '_')},\n", (out / "facts/ids.h").read_text(encoding="utf-8"))
            self.assertIn(f'FACT("{name}", ', (out / "facts/registry.inc").read_text(encoding="utf-8"))
        self.assertIn(f"OBSERVER({self.observer.stem})\n", (out / "facts/observers.inc").read_text(encoding="utf-8"))

    def test_the_command_of_the_page_lists_them(self):
        done = self.generate("--docs")
        self.assertEqual(done.returncode, 0, done.stderr)
        for name in self.declared:
            self.assertIn(f"| `{name}` |", done.stdout)

    def test_the_observer_and_its_test_compile(self):
        out = self.generate_headers()
        for file in (self.observer, self.test):
            with self.subTest(file.name):
                done = self.compiles(file, out)
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_fact_that_is_not_declared_does_not_compile(self):
        code = self.observer.read_text(encoding="utf-8")
        self.observer.write_text(re.sub(r"^/// fact .*\n", "", code, flags=re.MULTILINE), encoding="utf-8")
        done = self.compiles(self.observer, self.generate_headers())
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(self.declared[0].replace(".", "_"), done.stderr)

    def test_a_fact_declared_twice_is_refused_with_file_and_line(self):
        code = self.observer.read_text(encoding="utf-8")
        taken = "/// fact link.any: said by somebody else already\n"
        self.observer.write_text(taken + code, encoding="utf-8")
        done = self.generate(self.root / "generated")
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r"(?m)^\S+\.cc:\d+: fact link\.any is already declared in \S+\.cc:\d+$")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
