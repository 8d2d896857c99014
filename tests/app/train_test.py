#!/usr/bin/env python3
"""`sekisho train` from outside: what a person types and reads, and that the model made is used.

usage: train_test.py SEKISHO SOURCE_DIR
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SEKISHO, SOURCE = os.path.abspath(sys.argv[1]), Path(sys.argv[2])


class Train(unittest.TestCase):
    def setUp(self):
        self.held = tempfile.TemporaryDirectory()
        self.folder = Path(self.held.name)

    def tearDown(self):
        self.held.cleanup()

    def run_it(self, *arguments, stdin=b"", lang="en", code=0):
        done = subprocess.run([SEKISHO, *map(str, arguments), "--lang", lang], input=stdin, capture_output=True, timeout=300,
                              env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C",
                                   **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}})
        self.assertEqual(done.returncode, code, (arguments, done.stdout[-600:], done.stderr[-600:]))
        self.err = done.stderr.decode()
        return done.stdout.decode()

    def corpus(self):
        for label, verb in (("scam", "Confirm your account tonight or it is closed"), ("legit", "We met in the garden and drank tea")):
            folder = self.folder / "mine" / label
            folder.mkdir(parents=True)
            for i in range(12):
                (folder / f"{i}.eml").write_text(f"From: a@lamp.example\nSubject: hello {'abcdefghijkl'[i]}\n\n{verb}, said {'abcdefghijkl'[i] * 3}.\n")
        return self.folder / "mine"

    def test_makes_a_model_that_is_the_same_each_time_and_is_used_when_asked_for(self):
        corpus, first, second = self.corpus(), self.folder / "one.model", self.folder / "two.model"
        text = self.run_it("train", "-o", first, "--name", "mine", corpus)
        self.assertIn("mine scam: 12", text)
        self.assertIn(f"--model {first}", text)
        self.run_it("train", "-o", second, "--name", "mine", "--jobs", "3", corpus)
        self.assertEqual(first.read_bytes(), second.read_bytes())
        self.assertFalse(list(self.folder.glob("*.work")), "what was kept on the way is gone")
        for stored in (b"garden", b"Confirm"):
            self.assertNotIn(stored, first.read_bytes())
        mail = b"From: a@lamp.example\nSubject: x\n\nConfirm your account tonight or it is closed.\n"
        for more, prefix in ((["--model", first], "mine-"), (["--model", "none"], "hand-"), ([], "sekisho-")):
            done = subprocess.run([SEKISHO, "check", "--format", "json", *map(str, more), "-"], input=mail, capture_output=True, timeout=60)
            self.assertTrue(json.loads(done.stdout)["versions"]["model"].startswith(prefix), done.stdout[-200:])

    def test_a_setting_names_the_model(self):
        settings = self.folder / "s.toml"
        settings.write_text('model = "none"\n')
        done = subprocess.run([SEKISHO, "check", "--config", settings, "--format", "json", "-"], input=b"Subject: x\nFrom: a@b.example\n\nx\n", capture_output=True, timeout=60)
        self.assertTrue(json.loads(done.stdout)["versions"]["model"].startswith("hand-"))

    def test_json_says_what_was_learned_from(self):
        answer = json.loads(self.run_it("train", "-o", self.folder / "m", "--format", "json", self.corpus()))
        self.assertEqual(answer["schema"], "sekisho.train/1")
        self.assertEqual({(row["corpus"], row["label"], row["messages"]) for row in answer["corpora"]}, {("mine", "legit", 12), ("mine", "scam", 12)})
        self.assertEqual(answer["bytes"], (self.folder / "m").stat().st_size)

    def test_errors_say_where_and_what_to_do(self):
        self.run_it("train", code=64)
        self.run_it("train", self.folder, code=64)
        self.assertIn("--output", self.err)
        self.run_it("train", "-o", self.folder / "m", "--most", "many", self.folder, code=64)
        self.assertIn("--most", self.err)
        self.run_it("train", "-o", self.folder / "m", self.folder / "none", code=66)
        blocked = self.folder / "a file"
        blocked.write_text("")
        self.run_it("train", "-o", blocked / "m", self.corpus(), code=66)
        (self.folder / "mine/legit").rename(self.folder / "mine/other")
        self.run_it("train", "-o", self.folder / "m", self.folder / "mine", code=78)
        self.assertIn("both", self.err)
        (self.folder / "broken").write_bytes(b"SEKISHO-MODEL-1\nnot one")
        self.run_it("check", "--model", self.folder / "broken", "-", stdin=b"x", code=78)
        self.assertIn("broken", self.err)
        self.run_it("check", "--model", self.folder / "gone", "-", stdin=b"x", code=66)

    def test_help_is_there_in_both_languages(self):
        self.assertIn("usage:", self.run_it("train", "--help"))
        self.assertIn("使い方", self.run_it("train", "--help", lang="ja"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
