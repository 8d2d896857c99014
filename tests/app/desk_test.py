#!/usr/bin/env python3
"""docs/desk.md as the desk would type it: every command of the document, in order, in one folder.

usage: desk_test.py SEKISHO SOURCE_DIR
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

SEKISHO, SOURCE = Path(sys.argv[1]), Path(sys.argv[2])
DOCUMENT = (SOURCE / "docs/desk.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", DOCUMENT, re.M | re.S)
# 10 and 11 are answers of `check` and `scan`; anything else that is not 0 ends the block.
BEFORE = """trap 'code=$?; case $code in 10|11) ;; *) echo "failed ($code): $BASH_COMMAND" >&2; exit $code;; esac' ERR
"""


def text_of(pdf, *options):
    return subprocess.run(["pdftotext", *options, str(pdf), "-"], capture_output=True, check=True).stdout.decode()


class Desk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.here = Path(cls.folder.name)
        (cls.here / "samples").symlink_to(SOURCE / "samples")
        keep = {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
        environment = {**keep, "PATH": f"{SEKISHO.parent}:/usr/bin:/bin", "HOME": str(cls.here), "LANG": "C.UTF-8", "TERM": "dumb", "TZ": "Asia/Tokyo"}
        cls.said, cls.kept = [], {}
        for block in BLOCKS:
            if "case erase" in block:  # what it leaves behind is looked at before
                cls.cases_before = sorted(p.name for p in (cls.here / ".local/share/sekisho/cases").iterdir())
            done = subprocess.run(["bash", "-c", BEFORE + block + "\nexit 0"], cwd=cls.here, env=environment, capture_output=True, timeout=300)
            if done.returncode != 0:
                raise AssertionError(f"{block}\n{done.stdout.decode()}\n{done.stderr.decode()}")
            cls.said.append(done.stdout.decode())

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_document_has_all_its_parts(self):
        self.assertEqual(len(BLOCKS), 10)
        self.assertIn("campaign_with_my_data", self.said[1])

    def test_the_zip_holds_originals_pages_digests_and_how_to_verify(self):
        with zipfile.ZipFile(self.here / "for-the-police.zip") as archive:
            names = [Path(name).name for name in archive.namelist()]
            for name in ("VERIFY.txt", "SHA256SUMS", "SHA256SUMS.sig", "log.txt", "case-file.pdf", "case-file-to-share.pdf", "hand-over.pdf"):
                self.assertIn(name, names)
            lure = (SOURCE / "samples/story-00-lure-free-period.eml").read_bytes()
            self.assertIn(lure, [archive.read(name) for name in archive.namelist() if name.endswith(".eml")])

    def test_the_first_page_is_enough_for_the_counter(self):
        page = text_of(self.here / "received/case-file.pdf", "-l", "1").replace("\n", "")
        for said in ("田中 美咲", "090-0000-4321", "停止のページに名前と住所と電話番号", "自宅", "なくなったもの", "関わったという意味ではありません", "受理番号"):
            self.assertIn(said, page)

    def test_the_file_tells_the_campaign_the_evidence_and_what_is_open(self):
        text = text_of(self.here / "received/case-file.pdf").replace("\n", "")
        for said in ("続けて届いたメール", "時の順に", "証拠の一覧", "カード番号も入れたかどうか", "この記録が変わっていないことの確かめ方", "次にすること"):
            self.assertIn(said, text)
        sums = (self.here / "received/SHA256SUMS").read_text()
        digests = re.findall(r"^([0-9a-f]{64})  \S*evidence/.*\.eml$", sums, re.M)
        self.assertEqual(len(digests), 4)
        for digest in digests:
            self.assertIn(digest, text)

    def test_what_is_shared_names_nobody(self):
        text = text_of(self.here / "to-share.pdf").replace("\n", "")
        for hidden in ("美咲", "4321"):
            self.assertNotIn(hidden, text)
        self.assertIn("●●●●", text)

    def test_the_colleague_learns_what_is_promised(self):
        text = text_of(self.here / "hand-over.pdf").replace("\n", "")
        for said in ("田中 美咲", "来週の火曜に電話し", "引き継ぎを受ける人", "残っていること"):
            self.assertIn(said, text)

    def test_after_erasing_nothing_is_left_in_the_vault(self):
        self.assertEqual(self.cases_before, ["desk-1"])
        self.assertEqual([p.name for p in (self.here / ".local/share/sekisho/cases").iterdir()], [])


if __name__ == "__main__":
    sys.argv[1:] = []
    unittest.main()
