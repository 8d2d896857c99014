#!/usr/bin/env python3
"""`sekisho me` from outside: what is told is kept, used, shown only when asked for, and gone when erased.

usage: me_test.py SEKISHO
"""
import json
import os
import pty
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SEKISHO = os.path.abspath(sys.argv[1])
NAME, PHONE = "川辺美咲", "080-0123-4567"


class Me(unittest.TestCase):
    def setUp(self):
        self.held = tempfile.TemporaryDirectory()
        self.folder = Path(self.held.name)
        self.state = self.folder / "state"

    def tearDown(self):
        self.held.cleanup()

    def environment(self):
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C",
                **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}

    def run_it(self, *arguments, code=0, typed=""):
        done = subprocess.run([SEKISHO, *map(str, arguments), "--state", str(self.state)], input=typed.encode(), capture_output=True, timeout=60,
                              env=self.environment())
        self.assertEqual(done.returncode, code, (arguments, done.stdout[-300:], done.stderr[-300:]))
        self.err = done.stderr.decode()
        return done.stdout.decode()

    def exported(self):
        return json.loads(self.run_it("me", "export"))

    def test_what_is_told_is_there_again(self):
        self.assertIn("Nothing has been told", self.run_it("me", "--lang", "en"))
        self.run_it("me", "set", "name", NAME)
        self.run_it("me", "set", "phone", typed=PHONE + "\n03-0123-4567\n")
        self.run_it("me", "set", "member_no", "Some shop=40718225")
        self.run_it("me", "set", "typed", "pay.example 2026-11-02")
        self.assertEqual(self.exported(), {"name": NAME, "phone": [PHONE, "03-0123-4567"], "member_no": {"Some shop": "40718225"},
                                           "typed": [{"where": "pay.example", "when": "2026-11-02"}]})
        shown = self.run_it("me", "show", "--lang", "en")
        self.assertIn(f"Name: {NAME}", shown)
        self.assertIn("sekisho scan", shown)
        self.run_it("me", "set", "name", "")
        self.assertNotIn("name", self.exported())

    def test_on_the_disk_nothing_stands_in_clear_and_it_is_the_owners(self):
        self.run_it("me", "set", "name", NAME)
        self.run_it("me", "set", "phone", PHONE)
        files = list(self.state.iterdir())
        self.assertTrue(files)
        for file in files:
            content = file.read_bytes()
            self.assertNotIn(NAME.encode(), content)
            self.assertNotIn(PHONE.encode(), content)
            self.assertEqual(file.stat().st_mode & 0o077, 0, file)

    def test_an_export_is_read_as_the_same_again(self):
        profile = self.folder / "profile.json"
        told = {"name": NAME, "names": ["Misaki Kawabe"], "phones": [PHONE], "member_nos": [123456], "hardly_used": "rare@mail.example",
                "opened": ["https://a.example/x", {"where": "b.example", "when": "2026-11-02"}], "unknown": {"x": 1}}
        profile.write_text(json.dumps(told), encoding="utf-8")
        self.run_it("me", "import", profile)
        once = self.run_it("me", "export")
        profile.write_text(once, encoding="utf-8")
        self.run_it("me", "import", profile)
        self.assertEqual(self.run_it("me", "export"), once)
        self.assertEqual(json.loads(once)["name"], [NAME, "Misaki Kawabe"])

    def test_erasing_leaves_nothing(self):
        self.run_it("me", "set", "name", NAME)
        self.run_it("me", "erase")
        self.assertEqual(list(self.state.iterdir()), [])
        self.assertEqual(self.exported(), {})
        self.run_it("me", "erase")

    def test_what_cannot_be_read_is_said_and_nothing_is_overwritten(self):
        self.run_it("me", "set", "name", NAME)
        sealed = self.state / "me.sealed"
        sealed.write_bytes(sealed.read_bytes()[:-1] + b"x")
        before = sealed.read_bytes()
        self.run_it("me", "show", code=78)
        self.run_it("me", "set", "phone", PHONE, code=78)
        self.assertEqual(sealed.read_bytes(), before)
        self.assertIn("sekisho me erase", self.err)

    def test_a_key_that_is_gone_is_said_and_no_new_one_is_made(self):
        self.run_it("me", "set", "name", NAME)
        (self.state / "me.key").unlink()
        self.run_it("me", "show", code=66)
        self.assertFalse((self.state / "me.key").exists())

    def test_a_wrong_word_is_helped(self):
        self.run_it("me", "shwo", "--lang", "en", code=64)
        self.assertIn("'show'", self.err)
        self.run_it("me", "set", "phne", "1", "--lang", "en", code=64)
        self.assertIn("'phone'", self.err)
        self.run_it("me", "set", code=64)
        self.run_it("me", "import", code=64)
        self.run_it("me", "import", self.folder / "missing", code=66)
        (self.folder / "bad.json").write_text('{"name": {"a": [1]}}')
        self.run_it("me", "import", self.folder / "bad.json", code=78)

    def test_scan_uses_it_by_itself(self):
        mail = ("From: <a{0}x@d{0}.test>\nTo: me@home.example\nDate: Mon, 2 Nov 2026 10:0{0}:00 +0900\nSubject: {1}様 至急\n"
                "Message-ID: <{0}@d.test>\nContent-Type: text/plain; charset=UTF-8\n\n{1}様 個人情報が公開されます\nhttps://landing.test/abc/{0}x\n")
        for i in range(6):
            (self.folder / "box").mkdir(exist_ok=True)
            (self.folder / f"box/{i}.eml").write_text(mail.format(i, NAME), encoding="utf-8")
        self.run_it("me", "set", "name", NAME)
        report = json.loads(self.run_it("scan", self.folder / "box", "--format", "json", code=10))
        self.assertEqual([(e["item"], len(e["messages"]), e["inferred"]) for e in report["exposure"]], [("name", 6, False)])
        self.assertNotIn(NAME, json.dumps(report, ensure_ascii=False))
        report = json.loads(self.run_it("scan", self.folder / "box", "--format", "json", "--no-profile", code=10))
        self.assertTrue(all(e["inferred"] for e in report["exposure"]))

    def test_on_a_terminal_each_thing_is_asked_and_may_be_skipped(self):
        self.run_it("me", "set", "name", "old")
        ours, theirs = pty.openpty()
        process = subprocess.Popen([SEKISHO, "me", "--lang", "en", "--state", str(self.state)], stdin=theirs, stdout=theirs, stderr=theirs,
                                   env={**self.environment(), "TERM": "dumb"})
        os.close(theirs)
        os.write(ours, ("\n" + "-\n" * 2 + "\n" * 2 + PHONE.replace("4567", "9999") + "; 03-0123-4567\n" + "\n" * 6).encode())
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # the other end is closed
            pass
        self.assertEqual(process.wait(timeout=60), 0)
        os.close(ours)
        told = self.exported()
        self.assertEqual(told["name"], "old")
        self.assertIn("Name: old", shown.decode())
        self.assertEqual(told["phone"], ["080-0123-9999", "03-0123-4567"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
