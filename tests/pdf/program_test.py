#!/usr/bin/env python3
"""sekisho-pdf as whoever starts it meets it: PDF out, text that copies, no way out of its room, clear refusals.

usage: program_test.py PROGRAM
"""
import base64
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = ""
TEXT = "髙橋様、関所からのお知らせです。合計は１２，３４５円、番号は①。葛󠄀飾区の𠮷野。"


def paper(*blocks, **more):
    out = {"schema": "sekisho.paper/1", "lang": "ja", "title": "相談の記録", "subject": "控え",
           "made": "2026-11-23T12:00:00+09:00", "header": "相談の記録", "footer": "関所", "blocks": list(blocks)}
    out.update(more)
    return json.dumps(out, ensure_ascii=False).encode()


def run(data, *options, timeout=60):
    return subprocess.run([PROGRAM, *options], input=data, capture_output=True, timeout=timeout)


def tool(*command, data=None):
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


class Pdf(unittest.TestCase):
    def made(self, *blocks, **more):
        done = run(paper(*blocks, **more))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, b"")
        return done.stdout

    def file(self, pdf):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name) / "a.pdf"
        path.write_bytes(pdf)
        return str(path)

    def test_japanese_text_is_copied_out_exactly(self):
        pdf = self.file(self.made({"type": "paragraph", "text": TEXT}, {"type": "quote", "caption": "", "text": TEXT[:20]}))
        text = tool("pdftotext", "-raw", pdf, "-").replace("\n", "")
        self.assertIn(TEXT, text)
        self.assertEqual(text.count(TEXT[:20]), 2)

    def test_all_fonts_are_embedded_and_say_what_their_letters_are(self):
        pdf = self.file(self.made({"type": "heading", "level": 1, "text": "見出し"}, {"type": "paragraph", "text": TEXT},
                                  {"type": "quote", "caption": "c", "text": "mono"}))
        rows = tool("pdffonts", pdf).splitlines()[2:]
        self.assertEqual(len(rows), 3)
        for row in rows:
            self.assertRegex(row, r"NotoSans.*\s+yes\s+yes\s+yes\s")

    def test_a4_pages_are_numbered_and_a_table_repeats_its_head(self):
        rows = [[str(i), "メール"] for i in range(120)]
        pdf = self.file(self.made({"type": "table", "columns": [{"title": "番号の列", "width": 1}, {"title": "件名の列", "width": 4}], "rows": rows}))
        info = tool("pdfinfo", pdf)
        pages = int(re.search(r"Pages:\s+(\d+)", info).group(1))
        self.assertGreater(pages, 2)
        self.assertIn("(A4)", info)
        for page in range(1, pages + 1):
            text = tool("pdftotext", "-f", str(page), "-l", str(page), pdf, "-")
            self.assertIn(f"{page}/{pages}", text.replace(" ", ""))
            self.assertIn("件名の列", text)
        text = tool("pdftotext", "-layout", pdf, "-")
        for i in range(120):
            self.assertRegex(text, rf"(?m)^\s*{i}\s+メール")

    def test_what_the_file_says_about_itself_names_no_machine(self):
        pdf = self.made({"type": "paragraph", "text": "a"})
        info = tool("pdfinfo", "-", data=pdf)
        self.assertIn("Mon Nov 23", info)
        self.assertIn("Creator:         Sekisho", info)
        self.assertNotRegex(info, r"Author|/home|/root|@")

    def test_headings_become_bookmarks(self):
        pdf = self.made({"type": "heading", "level": 1, "text": "A"}, {"type": "heading", "level": 2, "text": "B"})
        self.assertIn(b"/Outlines", pdf)

    def test_the_same_paper_gives_the_same_bytes(self):
        data = paper({"type": "heading", "level": 1, "text": "見出し"}, {"type": "paragraph", "text": TEXT * 30})
        self.assertEqual(len({run(data).stdout for _ in range(4)}), 1)

    def test_hostile_text_is_shown_for_what_it_is(self):
        pdf = self.file(self.made({"type": "paragraph", "text": "見積\u202efdp.exe ゼロ\u200b幅 \x07 🎁 مرحبا"}))
        text = tool("pdftotext", "-raw", pdf, "-").replace("\n", "")
        for code in ("‹U+202E›", "‹U+200B›", "‹U+0007›", "‹U+1F381›"):
            self.assertIn(code, text)

    def test_a_line_without_a_break_stays_on_the_page(self):
        pdf = self.file(self.made({"type": "paragraph", "text": "a" * 20000}, {"type": "quote", "caption": "x" * 900, "text": "b" * 5000}))
        for match in re.finditer(r'xMax="([0-9.]+)"', tool("pdftotext", "-bbox", pdf, "-")):
            self.assertLess(float(match.group(1)), 595 - 40)

    def test_refusals_are_clear_and_write_nothing(self):
        for data, code, words in [
            (b"", 65, b"JSON"),
            (b"not json", 65, b"JSON"),
            (paper({"type": "paragraph", "text": "x"}).replace(b'"x"', b'"\xff"'), 65, b"UTF-8"),
            (b"[" * 1000000, 65, b"nests too deep"),
            (paper({"type": "magic"}), 65, b"blocks[0].type"),
            (paper({"type": "paragraph", "text": "\n" * 600000}), 65, b"pages"),
            (paper({"type": "table", "columns": [{"title": "a"}] * 9, "rows": []}), 65, b"blocks[0].columns"),
            (b" " * (25 * 1024 * 1024), 65, b"larger than"),
        ]:
            done = run(data)
            self.assertEqual((done.returncode, done.stdout), (code, b""), done.stderr)
            self.assertIn(words, done.stderr)

    def test_a_picture_that_claims_to_be_huge_leaves_an_empty_frame(self):
        bomb = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + b"\0\0\x7f\xff" * 2 + b"\x08\x02\0\0\0\0\0\0\0" + b"\0" * 100
        done = run(paper({"type": "picture", "caption": "写し", "png": base64.b64encode(bomb).decode()}))
        self.assertEqual(done.returncode, 0)
        self.assertIn(b"blocks[0].png: a picture of 32767 x 32767", done.stderr)

    def test_unknown_options_and_missing_fonts_are_said(self):
        self.assertEqual(run(b"", "--magic").returncode, 64)
        done = run(b"", "--fonts", "/nonexistent")
        self.assertEqual(done.returncode, 66)
        self.assertIn(b"fonts-noto-cjk", done.stderr)
        self.assertEqual(run(b"", "--help").returncode, 0)
        self.assertIn(b"sekisho-pdf ", run(b"", "--version").stdout)


class Room(unittest.TestCase):
    def setUp(self):
        self.sanitized = run(b"", "--self-test").returncode == 69
        if self.sanitized:
            self.skipTest("a build with sanitizers cannot lock itself in")

    def test_every_attempt_to_get_out_is_prevented(self):
        done = run(b"", "--self-test")
        self.assertEqual(done.returncode, 0, done.stdout)
        lines = done.stdout.decode().splitlines()
        self.assertGreaterEqual(len(lines), 16)
        for line in lines[1:]:
            self.assertTrue(line.endswith(": killed"), line)
        # The trials would all seem to fail in a room where nothing works at all.
        self.assertEqual(lines[0], "nothing forbidden: lives")

    def test_it_is_locked_in_while_it_waits_for_its_first_byte(self):
        process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        status = ""
        for _ in range(200):
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            if re.search(r"(?m)^Seccomp:\s+2$", status):
                break
            time.sleep(0.05)
        self.assertRegex(status, r"(?m)^Seccomp:\s+2$")
        self.assertRegex(status, r"(?m)^NoNewPrivs:\s+1$")
        for task in pathlib.Path(f"/proc/{process.pid}/task").iterdir():
            self.assertRegex((task / "status").read_text(), r"(?m)^Seccomp:\s+2$")
        out, err = process.communicate(paper({"type": "paragraph", "text": TEXT}), timeout=60)
        self.assertEqual((process.returncode, err), (0, b""))
        self.assertTrue(out.startswith(b"%PDF"))


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
