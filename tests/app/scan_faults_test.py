#!/usr/bin/env python3
"""What a scan keeps survives a failing disk, a full one, and kill -9 at any point; the mailbox is never touched.

usage: scan_faults_test.py SEKISHO SHIM        (SHIM: the library of tests/faults/fault_shim.cc)

SEKISHO_KILLS=100 kills so many scans at random moments (otherwise 12); SEKISHO_EVERY_FAULT=1 tries every single call
(otherwise every fifth, another fifth for each way of failing).
"""
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from email.utils import formatdate
from pathlib import Path

SEKISHO, SHIM = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
KILLS = int(os.environ.get("SEKISHO_KILLS", "12"))
EVERY = "SEKISHO_EVERY_FAULT" in os.environ
START = 1_780_000_000
NAME = "川辺美咲"


def mail(i, at, sender, text):
    host = sender.split("@")[1]
    stamp = formatdate(at, localtime=False).replace("-0000", "+0000")
    return (f"From x@y.example Mon Jan  5 12:34:56 2026\nDelivered-To: misaki@home.example\n"
            f"Received: from m.{host} (m.{host} [198.51.100.{i % 250}]) by mx.home.example with ESMTPS id A{i};\n {stamp}\n"
            f"Date: {stamp}\nFrom: <{sender}>\nTo: misaki@home.example\nSubject: {NAME}様 重要 {i}\nMessage-ID: <{i}.x@{host}>\n"
            f"Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n\n")


def mailbox(count):
    return "".join(mail(i, START + i * 1200, f"u{i}k{i * 7}@d{i % 3}-notice.test" if i % 3 else "news@shop.example",
                        f"{NAME}様\n本日中にお手続きください。\nhttps://landing.test/abc/{i}k3j\n" if i % 3 else "新着です。\nhttps://shop.example/n\n")
                   for i in range(count))


class Faults(unittest.TestCase):
    def setUp(self):
        self.held = tempfile.TemporaryDirectory()
        self.folder = Path(os.path.realpath(self.held.name))
        self.state = self.folder / "state"
        self.profile = self.folder / "profile.json"
        self.profile.write_text(json.dumps({"name": NAME}), encoding="utf-8")
        self.box = self.folder / "in.mbox"

    def tearDown(self):
        self.held.cleanup()

    def start(self, *arguments, fault=None, **more):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C",
                       **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}
        if fault:
            # A sanitizer wants to be the first library; it works behind this one too.
            environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
            environment.update(LD_PRELOAD=SHIM, FAULT_FOLDER=str(self.state) + "/", FAULT_AT=str(fault[0]), FAULT_HOW=fault[1],
                               FAULT_COUNT=str(self.folder / "calls"))
        return subprocess.Popen([SEKISHO, *map(str, arguments), "--state", str(self.state)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=environment, **more)

    def scan(self, *arguments, fault=None):
        process = self.start("scan", self.box, "--profile", self.profile, "--format", "json", "-j", "1", *arguments, fault=fault)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err.decode()

    def forget(self):
        for file in self.state.glob("*"):
            file.unlink()

    @staticmethod
    def calls(how_many, turn):
        """The numbers of the calls to try: all of them, or for each way of failing another fifth."""
        return range(1, how_many + 1) if EVERY else range(1 + turn, how_many + 1, 5)

    def test_any_write_may_fail_and_the_answer_is_the_same(self):
        self.box.write_text(mailbox(200), encoding="utf-8")
        before = hashlib.sha256(self.box.read_bytes()).hexdigest()
        _, whole, _ = self.scan("--keep-nothing")
        self.assertEqual(len(json.loads(whole)["campaigns"]), 1)
        self.scan(fault=(0, "eio"))
        count = int((self.folder / "calls").read_text())
        self.assertGreater(count, 10, "the faults reach the index")
        for turn, how in enumerate(("eio", "enospc", "full", "kill", "short")):
            for at in self.calls(count, turn):
                self.forget()
                code, out, err = self.scan(fault=(at, how))
                with self.subTest(how=how, at=at):
                    if how in ("kill", "short"):
                        self.assertIn(code, (-signal.SIGKILL, 10))
                    else:
                        self.assertEqual((code, out), (10, whole), err)
                    told = "sekisho: " in err
                    code, out, err = self.scan("--stats")
                    self.assertEqual((code, out), (10, whole), err)
                    if how == "full" and not told:
                        self.assertIn("read_now 0 ", err, "where nothing is said, all was kept")
                    code, out, err = self.scan("--stats")
                    self.assertEqual((code, out), (10, whole), err)
                    self.assertIn("read_now 0 ", err, "kept again as soon as the disk allows it")
        self.assertEqual(hashlib.sha256(self.box.read_bytes()).hexdigest(), before)

    def test_killed_at_random_moments_it_goes_on_where_it_was(self):
        self.box.write_text(mailbox(3000), encoding="utf-8")
        before = hashlib.sha256(self.box.read_bytes()).hexdigest()
        began = time.monotonic()
        _, whole, _ = self.scan("--keep-nothing")
        took = time.monotonic() - began
        chance = random.Random(7)
        resumed = 0
        for _ in range(KILLS):
            process = self.start("scan", self.box, "--profile", self.profile, "--format", "json", "--stats", "-j", "1")
            time.sleep(chance.uniform(0.0, took))
            process.send_signal(signal.SIGKILL)
            out, err = process.communicate(timeout=120)
            if process.returncode != -signal.SIGKILL:  # it was done before
                self.assertEqual(out, whole)
                read_now = int(re.search(rb"read_now (\d+)", err)[1])
                resumed += read_now < 3000
                self.forget()
        code, out, err = self.scan("--stats")
        self.assertEqual((code, out), (10, whole), err)
        resumed += int(re.search(r"read_now (\d+)", err)[1]) < 3000
        self.assertGreater(resumed, 0, "what was read before a kill is not read again")
        self.assertEqual(hashlib.sha256(self.box.read_bytes()).hexdigest(), before)

    def test_a_folder_that_cannot_be_written_costs_only_the_next_start(self):
        self.box.write_text(mailbox(60), encoding="utf-8")
        _, whole, _ = self.scan("--keep-nothing")
        self.state.write_text("a file where the folder should be")
        code, out, err = self.scan()
        self.assertEqual((code, out), (10, whole))
        self.assertIn("sekisho: ", err)

    def test_a_damaged_index_is_said_and_the_mailbox_is_read_anew(self):
        self.box.write_text(mailbox(60), encoding="utf-8")
        _, whole, _ = self.scan()
        index = self.state / "index.db"
        content = bytearray(index.read_bytes())
        for at in range(len(content) // 2, len(content)):
            content[at] ^= 0x5A
        index.write_bytes(content)
        code, out, err = self.scan()
        self.assertEqual((code, out), (10, whole))
        self.assertIn("sekisho index drop", err)

    def test_what_was_told_is_there_whole_or_as_before(self):
        def told(fault=None, value="080-0123-4567"):
            process = self.start("me", "set", "phone", value, fault=fault)
            out, err = process.communicate(timeout=60)
            return process.returncode, out, err
        self.assertEqual(told(fault=(0, "eio"))[0], 0)
        count = int((self.folder / "calls").read_text())
        self.assertGreater(count, 3)
        for how in ("eio", "full", "kill", "short"):
            for at in range(1, count + 1):
                self.forget()
                self.assertEqual(told(value="03-0123-4567")[0], 0)
                code = told(fault=(at, how))[0]
                process = self.start("me", "export")
                out, err = process.communicate(timeout=60)
                with self.subTest(how=how, at=at):
                    self.assertEqual(process.returncode, 0, err)
                    phone = json.loads(out)["phone"]
                    self.assertIn(phone, ("03-0123-4567", "080-0123-4567"))
                    if code == 0:
                        self.assertEqual(phone, "080-0123-4567")
                    self.assertEqual(told()[0], 0, "and it can be told again")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
