#!/usr/bin/env python3
"""`sekisho case` from outside: what a person types, what they are told, and that an export is checked by sha256sum and openssl alone.

usage: case_test.py SEKISHO SOURCE_DIR
"""
import json
import os
import pty
import select
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile
from pathlib import Path

SEKISHO, SOURCE = sys.argv[1], Path(sys.argv[2])
WORDS = "an invented passphrase of words"
MAIL = SOURCE / "samples/story-07-undelivered-parcel.eml"


def environment(**changes):
    keep = {k: v for k, v in os.environ.items() if k == "PATH" or k.endswith("SAN_OPTIONS")}
    return {**keep, "HOME": "/nonexistent", "LANG": "C.UTF-8", "TERM": "dumb", "TZ": "Asia/Tokyo", **changes}


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.here = Path(self.folder.name)
        self.cases = self.here / "cases"
        self.words = self.here / "words"
        self.words.write_text(WORDS + "\n")
        self.words.chmod(0o600)

    def run_it(self, action, *arguments, stdin="", code=0, lang="en", words=True):
        line = [SEKISHO, "--lang", lang, "case", action, *map(str, arguments), "--cases", str(self.cases)]
        if words:
            line += ["--passphrase-file", str(self.words)]
        done = subprocess.run(line, input=stdin.encode(), capture_output=True, env=environment(), timeout=120, cwd=self.here)
        self.out, self.err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, self.err + self.out)
        return self.out

    def new(self, *arguments, **options):
        return self.run_it("new", "--id", "c1", "--author", "desk A", *arguments, **options)

    def entries(self, case="c1"):
        return [json.loads(line) for line in self.run_it("log", case, "--format", "json").splitlines()]

    def test_a_case_from_a_plan_to_an_export_that_anybody_can_check(self):
        answers = self.here / "answers.json"
        answers.write_text(json.dumps({"situations": ["campaign_with_my_data"], "done": ["tapped"], "when": "2026-11-20", "lang": "en"}))
        self.new("--person", "Hanako Mihon", "--title", "parcel", "--from-guide", answers, "--keep-until", "2027-11-23")
        self.assertIn("nobody, not even we, can get back", self.err)
        self.run_it("add", "c1", MAIL, "--note", "the first one")
        self.assertIn("kept as entry", self.out)
        step = json.loads(subprocess.run([SEKISHO, "guide", "--answers", str(answers), "--format", "json"], capture_output=True,
                                         env=environment(), check=True).stdout)["steps"][0]["id"]
        self.run_it("note", "c1", "--tick", step)
        self.run_it("note", "c1", "the bank was called", "--as", "call", "--with", "a bank", "--when", "2026-11-22T10:30")
        self.run_it("note", "c1", "--stopped", "no")
        self.assertIn("not your fault", self.out)
        check = self.here / "check.json"
        check.write_bytes(subprocess.run([SEKISHO, "check", "--format", "json", str(MAIL)], capture_output=True, env=environment()).stdout)
        self.run_it("add", "c1", "--from-check", check)
        kinds = [entry["kind"] for entry in self.entries()]
        for kind in ("opened", "detail", "plan", "item", "tick", "call", "stopped", "judged", "keep-until"):
            self.assertIn(kind, kinds)
        call = next(entry for entry in self.entries() if entry["kind"] == "call")
        self.assertEqual((call["author"] != "", call["happened"], call["about"]), (True, "2026-11-22T10:30:00+09:00", "a bank"))

        self.run_it("export", "c1", "out", "--to", "the police")
        out = self.here / "out"
        done = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=out, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        listed = {line.split("  ", 1)[1] for line in (out / "SHA256SUMS").read_text().splitlines()}
        there = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
        self.assertEqual(there - listed, {"SHA256SUMS", "SHA256SUMS.sig"})
        for line in (out / "VERIFY.txt").read_text().splitlines():
            if line.strip().startswith("openssl pkeyutl"):
                done = subprocess.run(line.strip().split(), cwd=out, capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, line + done.stderr)
        originals = [path for path in (out / "evidence").iterdir() if path.read_bytes() == MAIL.read_bytes()]
        self.assertEqual(len(originals), 1)
        log = (out / "log.txt").read_text()
        self.assertIn("about the police", log)
        # The receipt can be found again with sha256sum alone.
        receipt = json.loads(self.run_it("receipt", "c1", "--format", "json"))
        self.assertEqual(subprocess.run(["sha256sum", "log.txt"], cwd=out, capture_output=True, text=True).stdout.split()[0], receipt["digest"])
        if (Path(SEKISHO).parent / "sekisho-pdf").exists():
            for name in ("case-file.pdf", "case-file-to-share.pdf", "hand-over.pdf"):
                self.assertEqual((out / name).read_bytes()[:5], b"%PDF-")
        (out / "log.txt").write_text(log.replace("a bank", "b bank"))
        self.assertNotEqual(subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=out, capture_output=True).returncode, 0)
        self.assertNotEqual(subprocess.run("openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in log.txt -sigfile log.txt.sig".split(),
                                           cwd=out, capture_output=True).returncode, 0)

    def test_a_zip_holds_the_same(self):
        self.new()
        name = self.here / "請求 書.eml"
        name.write_bytes(MAIL.read_bytes())
        self.run_it("add", "c1", name)
        self.run_it("export", "c1", "out.zip")
        with zipfile.ZipFile(self.here / "out.zip") as packed:
            self.assertIsNone(packed.testzip())
            self.assertIn("evidence/0002-請求 書.eml", packed.namelist())
            packed.extractall(self.here / "unpacked")
        done = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=self.here / "unpacked", capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.run_it("export", "c1", "out.zip", code=64)

    def test_verify_names_what_is_wrong_and_a_receipt_shows_what_was_put_back(self):
        self.new()
        self.run_it("add", "c1", MAIL)
        earlier = (self.cases / "c1/log").read_bytes()
        self.run_it("verify", "c1")
        self.assertIn("put back to an earlier state", self.out)
        self.run_it("note", "c1", "later erased by somebody")
        receipt = json.loads(self.run_it("receipt", "c1", "--format", "json"))["receipt"]
        self.run_it("receipt", "c1", "--output", "receipt.txt")
        self.run_it("verify", "c1", "--receipt", receipt.lower().replace("-", " ", 1))
        (self.cases / "c1/log").write_bytes(earlier)
        self.run_it("verify", "c1")
        for given in (receipt, "receipt.txt"):
            self.run_it("verify", "c1", "--receipt", given, code=78)
            self.assertIn("earlier state, or is another case", self.out)
        item = next((self.cases / "c1/items").iterdir())
        item.write_bytes(item.read_bytes()[:-1])
        found = json.loads(self.run_it("verify", "c1", "--format", "json", code=78))
        self.assertEqual([(one["what"], one["value"]) for one in found["findings"]], [("item_changed", MAIL.name)])
        self.run_it("export", "c1", "out", code=78)
        self.assertFalse((self.here / "out").exists())

    def test_a_time_stamp_by_an_authority_of_our_own(self):
        self.new()
        self.run_it("stamp", "c1", "--request", "now.tsq")
        (self.here / "tsa.cnf").write_text(
            "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\n"
            "ess_cert_id_alg=sha256\n[v3]\nextendedKeyUsage=critical,timeStamping\nbasicConstraints=CA:FALSE\n")
        (self.here / "serial").write_text("01\n")
        for line in ("openssl req -x509 -newkey ed25519 -nodes -keyout ca.key -out ca.pem -subj /CN=Invented-CA -days 30",
                     "openssl req -newkey rsa:2048 -nodes -keyout t.key -out t.csr -subj /CN=Invented-TSA",
                     "openssl x509 -req -in t.csr -CA ca.pem -CAkey ca.key -out t.pem -days 30 -extfile tsa.cnf -extensions v3",
                     "openssl ts -reply -queryfile now.tsq -config tsa.cnf -inkey t.key -signer t.pem -out now.tsr",
                     "openssl req -x509 -newkey ed25519 -nodes -keyout other.key -out other.pem -subj /CN=Other-CA -days 30"):
            done = subprocess.run(line.split(), cwd=self.here, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, line + done.stderr)
        self.run_it("stamp", "c1", "--reply", "now.tsr", "--ca", "other.pem", code=78)
        self.run_it("note", "c1", "something in between")
        self.run_it("stamp", "c1", "--reply", "now.tsr", "--ca", "ca.pem")
        self.assertIn("The authority's signature was checked", self.out)
        found = json.loads(self.run_it("verify", "c1", "--ca", "ca.pem", "--format", "json"))
        self.assertEqual([(one["covers"], one["checked"]) for one in found["stamps"]], [(1, True)])
        self.run_it("verify", "c1", "--ca", "other.pem", code=78)
        self.run_it("export", "c1", "out")
        line = next(line for line in (self.here / "out/VERIFY.txt").read_text().splitlines() if "openssl ts" in line)
        done = subprocess.run(line.strip().replace("CA.pem", "../ca.pem").split(), cwd=self.here / "out", capture_output=True, text=True)
        self.assertIn("Verification: OK", done.stdout + done.stderr)
        self.new_other = self.run_it("new", "--id", "c2")
        self.run_it("stamp", "c2", "--reply", "now.tsr", code=64)
        (self.here / "bad.tsr").write_bytes((self.here / "now.tsr").read_bytes()[:-10])
        self.run_it("stamp", "c1", "--reply", "bad.tsr", code=78)

    def test_list_needs_no_passphrase_and_shows_nothing_personal(self):
        self.new("--person", "Hanako Mihon", "--title", "sweetheart scam", "--keep-until", "2020-01-01")
        self.run_it("list", words=False)
        self.assertIn("c1", self.out)
        self.assertIn("due", self.out)
        for secret in ("Hanako", "sweetheart", "desk A"):
            self.assertNotIn(secret, self.out)
        one = json.loads(self.run_it("list", "--format", "json", words=False))
        self.assertEqual((one["id"], one["keep_until"], one["due"]), ("c1", "2020-01-01", True))
        self.run_it("keep", "c1", "none")
        self.assertFalse(json.loads(self.run_it("list", "--format", "json", words=False))["due"])

    def test_wrong_words_are_said_as_that(self):
        self.new()
        self.words.write_text("not it\n")
        self.run_it("log", "c1", code=64)
        self.assertIn("not the passphrase", self.err)
        self.words.write_text("\n")
        self.run_it("log", "c1", code=64)
        self.assertIn("empty", self.err)

    def test_a_weak_passphrase_gets_a_hint_and_is_taken(self):
        self.words.write_text("password1\n")
        self.new()
        self.assertIn("easy to guess", self.err)

    def test_everything_about_one_person_is_exported_and_erased(self):
        self.new("--person", "Hanako Mihon")
        self.run_it("new", "--id", "c2", "--person", "Hanako Mihon")
        self.run_it("new", "--id", "c3", "--person", "Taro Mihon")
        self.words.write_text("other words altogether\n")
        self.run_it("new", "--id", "c4", "--person", "Hanako Mihon")
        self.words.write_text(WORDS + "\n")
        self.run_it("export", "hers", "--person", "Hanako Mihon")
        self.assertEqual(sorted(path.name for path in (self.here / "hers").iterdir()), ["c1", "c2"])
        self.assertIn("1 cases do not open", self.out)
        self.run_it("erase", "--person", "Hanako Mihon", code=64)
        self.run_it("erase", "--person", "Hanako Mihon", "--yes")
        self.assertEqual(sorted(path.name for path in self.cases.iterdir()), ["c3", "c4"])

    def test_erasing_is_asked_for_and_one_item_can_go_alone(self):
        self.new()
        self.run_it("add", "c1", MAIL)
        self.run_it("erase", code=64)
        self.run_it("erase", "c1", code=64)
        self.run_it("erase", "c1", "--entry", "2", "--yes", "--note", "not hers")
        self.run_it("show", "c1", "2", "--output", "back.eml", code=64)
        self.run_it("verify", "c1")
        self.run_it("export", "c1", "out")
        self.assertFalse((self.here / "out/evidence").exists())
        self.run_it("erase", "c1", "--yes", words=False)
        self.assertEqual(list(self.cases.iterdir()), [])

    def test_an_item_comes_back_as_it_came_and_twice_is_said(self):
        self.new()
        self.run_it("add", "c1", "-", "--as", "chat", stdin="a chat\n")
        self.run_it("add", "c1", "-", stdin="a chat\n")
        self.assertIn("there already as entry 2", self.out)
        self.assertEqual(self.run_it("show", "c1", "2", "--output", "-"), "a chat\n")
        self.run_it("show", "c1", "9", code=64)
        self.run_it("add", "c1", "nowhere.eml", code=66)

    def test_a_note_is_read_from_standard_input_and_nothing_of_it_stands_in_the_list_of_processes(self):
        self.new()
        self.run_it("note", "c1", stdin="said at the prompt\nsecond line\n")
        self.assertEqual(self.entries()[-1]["text"], "said at the prompt")
        waiting, hold = os.pipe()
        line = [SEKISHO, "case", "note", "c1", "a private sentence", "--cases", str(self.cases), "--passphrase-fd", str(waiting)]
        running = subprocess.Popen(line, pass_fds=[waiting], env=environment(), stdout=subprocess.DEVNULL)
        shown = b"private"
        for _ in range(100):
            shown = Path(f"/proc/{running.pid}/cmdline").read_bytes()
            if b"private" not in shown:
                break
            time.sleep(0.05)
        self.assertNotIn(b"private", shown)
        os.write(hold, WORDS.encode() + b"\n")
        self.assertEqual(running.wait(60), 0)
        self.assertEqual(self.entries()[-1]["text"], "a private sentence")

    def test_the_passphrase_is_asked_on_the_terminal_without_showing_it(self):
        pid, fd = pty.fork()
        if pid == 0:
            os.execve(SEKISHO, [SEKISHO, "--lang", "en", "case", "new", "--id", "t1", "--cases", str(self.cases)], environment())
        shown, left = "", ["New passphrase: ", "Once more: "]
        while select.select([fd], [], [], 120)[0]:
            try:
                piece = os.read(fd, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece.decode(errors="replace")
            if left and left[0] in shown:
                left.pop(0)
                os.write(fd, b"typed and not shown\n")
        else:
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        self.assertEqual(os.waitstatus_to_exitcode(status), 0, shown)
        self.assertIn("Case t1 is open", shown)
        self.assertNotIn("typed and not shown", shown)
        self.words.write_text("typed and not shown\n")
        self.run_it("log", "t1")
        self.run_it("passphrase", "t1", "--new-passphrase-file", self.here / "next", code=66)
        (self.here / "next").write_text("the next words\n")
        self.run_it("passphrase", "t1", "--new-passphrase-file", self.here / "next")
        self.run_it("log", "t1", code=64)

    def test_killed_at_any_moment_what_was_acknowledged_is_there(self):
        self.new()
        files = []
        for i in range(30):
            files.append(self.here / f"m{i}.eml")
            files[-1].write_text(f"Subject: {i}\n\n" + "x" * 5000 + str(i))
        acknowledged = 0
        for wait in (0.05, 0.6, 1.2):
            line = [SEKISHO, "case", "add", "c1", *map(str, files), "--cases", str(self.cases), "--passphrase-file", str(self.words), "--format", "json"]
            running = subprocess.Popen(line, env=environment(), stdout=subprocess.PIPE)
            time.sleep(wait)
            running.send_signal(signal.SIGKILL)
            out = running.communicate()[0].decode()
            acknowledged = max([acknowledged, *(json.loads(text)["entry"] for text in out.splitlines() if text.endswith("}"))])
            self.run_it("verify", "c1")
            self.assertGreaterEqual(len(self.entries()), acknowledged)

    def test_hostile_names_and_words_reach_neither_terminal_nor_export_path(self):
        self.new("--title", "\x1b[31mred")
        evil = self.here / "-rf \x1b]0;x\x07 ..:evil.eml"
        evil.write_bytes(b"From: a@shop.example\n\nx")
        self.run_it("add", "c1", "./" + evil.name)
        self.run_it("log", "c1")
        self.assertNotIn("\x1b", self.out)
        self.run_it("export", "c1", "out")
        names = [path.name for path in (self.here / "out/evidence").iterdir()]
        self.assertEqual(len(names), 1)
        self.assertTrue(all(ord(c) >= 32 and c not in ':\\' for c in names[0]), names)

    def test_what_is_kept_is_closed_to_others_and_help_is_there_in_both_languages(self):
        self.new()
        for path in [self.cases, *self.cases.rglob("*")]:
            self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0, path)
        for lang, word in (("ja", "使い方"), ("en", "Usage")):
            done = subprocess.run([SEKISHO, "--lang", lang, "case", "--help"], capture_output=True, text=True, env=environment())
            self.assertIn(word, done.stdout)
        self.run_it("lits", code=64)
        self.assertIn("list", self.err)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
