#!/usr/bin/env python3
"""`sekisho evaluate` from outside: what a person types and reads.

usage: evaluate_test.py SEKISHO SOURCE_DIR
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest
import xml.dom.minidom
from pathlib import Path

SEKISHO, SOURCE = os.path.abspath(sys.argv[1]), Path(sys.argv[2])


class Evaluate(unittest.TestCase):
    def setUp(self):
        self.held = tempfile.TemporaryDirectory()
        self.folder = Path(self.held.name)

    def tearDown(self):
        self.held.cleanup()

    def run_it(self, *arguments, lang="en", code=0):
        done = subprocess.run([SEKISHO, "evaluate", *map(str, arguments), "--lang", lang], capture_output=True, timeout=300,
                              env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C",
                                   **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}})
        self.assertEqual(done.returncode, code, (arguments, done.stdout[-600:], done.stderr[-600:]))
        self.err = done.stderr.decode()
        return done.stdout.decode()

    def test_tells_how_each_set_came_out_and_never_pools(self):
        text = self.run_it(SOURCE / "tests/story")
        self.assertRegex(text, r"story scam +132 ")
        self.assertRegex(text, r"story wanted +60 ")
        self.assertIn("Next:", text)
        self.assertNotRegex(text, r"(?i)total|overall")

    def test_json_has_intervals_and_adds_up(self):
        answer = json.loads(self.run_it(SOURCE / "tests/story", "--format", "json"))
        self.assertEqual(answer["schema"], "sekisho.evaluate/1")
        for row in answer["corpora"] + answer["categories"] + answer["languages"]:
            parts = [row[name] for name in ("scam", "cannot_tell", "nothing_found")]
            self.assertEqual(sum(part["of"] for part in parts), row["messages"])
            for part in parts:
                self.assertLessEqual(part["low"], part["value"])
                self.assertLessEqual(part["value"], part["high"])
        pair = answer["pairs"][0]
        self.assertIsNone(pair["recall_at_1_percent"], "60 wanted messages cannot show one in a hundred")
        self.assertAlmostEqual(sum(item["weight"] for item in pair["calibration"]["bins"]), 1, places=2)
        self.assertGreater(pair["auc"]["value"], 0.9)

    def test_the_picture_is_xml_and_says_the_sets(self):
        picture = self.folder / "p.svg"
        self.assertIn("p.svg", self.run_it(SOURCE / "tests/story", "--svg", picture))
        text = picture.read_text(encoding="utf-8")
        xml.dom.minidom.parseString(text)
        self.assertIn("story", text)
        self.assertNotIn("<script", text)

    def test_a_corpus_named_to_break_out_of_the_picture_stays_inside(self):
        (self.folder / "m.eml").write_text("From: a@lamp.example\nSubject: x\n\nx\n")
        (self.folder / "labels.tsv").write_text("file\tlabel\tcorpus\nm.eml\tscam\t<script>&\"\x1b[31m\n")
        picture = self.folder / "p.svg"
        text = self.run_it(self.folder, "--svg", picture)
        self.assertNotIn("\x1b", text)
        xml.dom.minidom.parseString(picture.read_text(encoding="utf-8"))
        self.assertNotIn("<script", picture.read_text(encoding="utf-8"))

    def test_misses_are_named_only_when_asked_for(self):
        (self.folder / "m.eml").write_text("From: a@lamp.example\nSubject: tea\n\nThe tea is ready.\n")
        (self.folder / "labels.tsv").write_text("file\tlabel\nm.eml\tscam\n")
        self.assertNotIn("m.eml", self.run_it(self.folder))
        text = self.run_it(self.folder, "--misses")
        self.assertIn("m.eml", text)
        self.assertNotIn("tea is ready", text)

    def test_errors_say_where_and_what_to_do(self):
        self.run_it(code=64)
        self.assertIn("sekisho evaluate --help", self.err)
        self.run_it(self.folder / "none", code=66)
        self.assertIn("none", self.err)
        self.run_it(self.folder, code=66)
        self.assertIn("labels.tsv", self.err)
        (self.folder / "labels.tsv").write_text("file\tlabel\nm.eml\tnice\n")
        self.run_it(self.folder, code=78)
        self.assertIn("labels.tsv:2", self.err)
        self.assertIn("ラベル", (self.run_it(self.folder, lang="ja", code=78), self.err)[1])

    def test_help_is_there_in_both_languages(self):
        self.assertIn("usage:", self.run_it("--help"))
        self.assertIn("使い方", self.run_it("--help", lang="ja"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
