#!/usr/bin/env python3
"""`sekisho scan` and `index` from outside, on a small invented mailbox.

usage: scan_test.py SEKISHO SOURCE_DIR
"""
import base64
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
import zipfile
from email.utils import formatdate
from html.parser import HTMLParser
from pathlib import Path

SEKISHO, SOURCE = os.path.abspath(sys.argv[1]), Path(sys.argv[2])
START = 1_780_000_000
NAME = "川辺美咲"


def mail(i, at, sender, subject, text, ip, passes):
    host = sender.split("@")[1]
    stamp = formatdate(at, localtime=False).replace("-0000", "+0000")
    result = "pass" if passes else "fail"
    return (f"Return-Path: <{sender}>\nDelivered-To: misaki@home.example\n"
            f"Received: from m.{host} (m.{host} [{ip}]) by mx.home.example (Postfix) with ESMTPS id A{i};\n {stamp}\n"
            f"Authentication-Results: mx.home.example; spf={result} smtp.mailfrom={host}; dmarc={result} header.from={host}\n"
            f"Date: {stamp}\nFrom: <{sender}>\nTo: misaki@home.example\nSubject: {subject}\nMessage-ID: <{i}.x{i}@{host}>\n"
            f"MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n")


def mailbox():
    """Forty wanted mails, and a campaign of thirty with new senders every twenty minutes."""
    mails = [(START + d * 43_200, mail(d, START + d * 43_200, "news@shop.example", "新着のご案内", "今週の新着です。\nhttps://shop.example/new/1\n",
                                       "192.0.2.10", True)) for d in range(40)]
    for i in range(30):
        at = START + 21 * 86_400 + i * 1200
        text = (f"{NAME}様\n個人情報が公開されます。本日中にお手続きください。\n東京都緑原市花園三丁目十二番七号\n"
                f"https://landing.test/abc/{i}k3j\n")
        mails.append((at, mail(100 + i, at, f"u{i}k{i * 7}@d{i % 3}-notice.test", f"{NAME}様 重要", text, f"198.51.100.{i + 1}", i % 2 == 0)))
    return [m for _, m in sorted(mails, key=lambda pair: pair[0])]


def mbox(mails):
    return "".join(f"From x@y.example Mon Jan  5 12:34:56 2026\n{m}\n" for m in mails)


ALLOWED_TAGS = set("html head meta title style body header section h1 h2 h3 p ul ol li strong span a details summary div table thead tbody tr th td "
                   "svg rect line text circle label input code button footer script".split())
ALLOWED_ATTRIBUTES = set("lang charset http-equiv content name class id href scope viewbox preserveaspectratio aria-hidden width height role x x1 x2 y y1 y2 "
                         "text-anchor cx cy r type data-copy data-done data-marked hidden".split())


class Page(HTMLParser):
    """The tags, attributes and inline texts of a page, as a browser would read them."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.meta, self.inline, self.within = set(), [], {}, {"style": [], "script": []}, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes += attributes
        self.within = tag if tag in self.inline else None
        found = dict(attributes)
        if tag == "meta":
            self.meta[found.get("http-equiv", found.get("name", "")).lower()] = found.get("content")

    def handle_data(self, data):
        if self.within:
            self.inline[self.within].append(data)

    def handle_endtag(self, tag):
        self.within = None


class Case(unittest.TestCase):
    def setUp(self):
        self.held = tempfile.TemporaryDirectory()
        self.folder = Path(self.held.name)
        self.state = self.folder / "state"
        self.profile = self.folder / "profile.json"
        self.profile.write_text(json.dumps({"name": NAME, "postal_address": "東京都緑原市花園3-12-7"}), encoding="utf-8")
        self.mails = mailbox()
        self.box = self.folder / "in.mbox"
        self.box.write_text(mbox(self.mails), encoding="utf-8")

    def tearDown(self):
        self.held.cleanup()

    def start(self, *arguments):
        return subprocess.Popen([SEKISHO, *map(str, arguments), "--state", str(self.state)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C",
                                     **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}})

    def run_it(self, *arguments, code=10):
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, code, (arguments, out[-400:], err[-400:]))
        self.err = err.decode()
        return out.decode()

    def scan(self, *arguments, code=10):
        return json.loads(self.run_it("scan", *arguments, "--profile", self.profile, "--format", "json", code=code))

    def test_the_campaign_its_rhythm_and_what_it_knows(self):
        report = self.scan(self.box)
        self.assertEqual(len(report["campaigns"]), 1)
        campaign = report["campaigns"][0]
        self.assertEqual(len(campaign["members"]), 30)
        self.assertEqual(campaign["cadence_seconds"], 1200)
        self.assertIsNone(campaign["lure"])
        self.assertEqual({e["item"]: len(e["messages"]) for e in report["exposure"]}, {"name": 30, "postal_address": 30})
        self.assertEqual(sum(m["verdict"] == "scam" for m in report["messages"]), 30)

    def test_wanted_mail_alone_gives_nothing(self):
        quiet = self.folder / "quiet.mbox"
        quiet.write_text(mbox([m for m in self.mails if "shop.example" in m]), encoding="utf-8")
        report = self.scan(quiet, code=0)
        self.assertEqual((report["campaigns"], report["exposure"]), ([], []))

    def test_proven_firms_on_the_criminals_net_are_not_drawn_in(self):
        report = self.scan(SOURCE / "samples")
        for line in report["messages"]:
            name = Path(report["inputs"][line["input"]]).name
            self.assertEqual(line["verdict"], "scam" if name.startswith("story-") else "wanted", name)

    def test_where_nothing_could_be_read_nothing_is_said_to_be_found(self):
        done = self.start("scan", "/nonexistent/x.mbox", "--lang", "en")
        out, err = done.communicate(timeout=60)
        self.assertEqual((done.returncode, out), (66, b""))
        self.assertIn(b"/nonexistent/x.mbox", err)

    def test_only_new_mail_is_read_and_the_answer_is_the_same(self):
        whole = self.scan(self.box, "--keep-nothing")
        self.box.write_text(mbox(self.mails[:50]), encoding="utf-8")
        self.scan(self.box)
        with self.box.open("a", encoding="utf-8") as out:
            out.write(mbox(self.mails[50:]))
        self.assertEqual(self.scan(self.box, "--stats"), whole)
        self.assertIn("read_now 20 ", self.err)
        self.scan(self.box, "--stats")
        self.assertIn("read_now 0 ", self.err)

    def test_a_mailbox_that_was_rewritten_is_read_again(self):
        self.scan(self.box)
        self.box.write_text(mbox(self.mails[5:]), encoding="utf-8")
        self.assertEqual(len(self.scan(self.box)["messages"]), len(self.mails) - 5)

    def test_killed_at_any_point_it_goes_on(self):
        whole = self.scan(self.box, "--keep-nothing")
        before = hashlib.sha256(self.box.read_bytes()).hexdigest()
        chance = random.Random(7)
        for _ in range(12):
            process = self.start("scan", self.box, "--profile", self.profile, "--format", "json")
            time.sleep(chance.uniform(0.0, 0.12))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        self.assertEqual(self.scan(self.box), whole)
        self.assertEqual(hashlib.sha256(self.box.read_bytes()).hexdigest(), before)

    def test_a_maildir_a_zip_and_a_gzip_say_the_same(self):
        for name in ("cur", "new", "tmp"):
            (self.folder / "md" / name).mkdir(parents=True)
        for i, one in enumerate(self.mails):
            (self.folder / "md/cur" / f"{START + i}.M{i:07d}P1.host:2,S").write_text(one, encoding="utf-8")
        with zipfile.ZipFile(self.folder / "box.zip", "w") as packed:
            for i, one in enumerate(self.mails):
                packed.writestr(f"mails/{i:04d}.eml", one)
            packed.writestr("mails/README.md", "no mail")
        subprocess.run(["gzip", "-k", self.box], check=True)
        members = self.scan(self.box)["campaigns"][0]["members"]
        for other in ("md", "box.zip", "in.mbox.gz"):
            report = self.scan(self.folder / other)
            self.assertEqual(len(report["messages"]), len(self.mails), other)
            self.assertEqual(report["campaigns"][0]["members"], members, other)

    def test_a_mail_that_was_read_meanwhile_is_not_read_again(self):
        for name in ("cur", "new"):
            (self.folder / "md" / name).mkdir(parents=True)
        for i, one in enumerate(self.mails):
            (self.folder / "md/new" / f"{START + i}.M{i:07d}P1.host").write_text(one, encoding="utf-8")
        self.scan(self.folder / "md")
        for file in sorted((self.folder / "md/new").iterdir()):
            file.rename(self.folder / "md/cur" / (file.name + ":2,S"))
        self.scan(self.folder / "md", "--stats")
        self.assertIn("read_now 0 ", self.err)

    def test_the_index_tells_nothing_and_can_be_dropped(self):
        self.scan(self.box)
        for file in self.state.glob("index*"):
            content = file.read_bytes()
            for secret in (NAME.encode(), "花園".encode(), b"landing.test", b"shop.example"):
                self.assertNotIn(secret, content, file)
            self.assertEqual(file.stat().st_mode & 0o077, 0, file)
        self.assertIn("70 messages", self.run_it("index", "show", "--lang", "en", code=0))
        self.run_it("index", "drop", code=0)
        self.assertEqual(list(self.state.glob("index*")), [])
        self.assertIn("no index", self.run_it("index", "show", "--lang", "en", code=0))

    def test_the_text_says_what_was_found_and_what_next(self):
        english = self.run_it("scan", self.box, "--lang", "en", "--profile", self.profile)
        self.assertIn("about every 20 minutes", english)
        self.assertIn("What to do next", english)
        self.assertNotIn(NAME, english)
        self.assertNotIn("\x1b", english)
        self.assertIn("次にすること", self.run_it("scan", self.box, "--lang", "ja"))

    def test_the_page_is_inert(self):
        page = self.run_it("scan", self.box, "--format", "html", "--lang", "ja")
        self.assert_inert(page)
        self.assertEqual(page.count("<circle"), 30)
        self.assertNotIn(NAME, page)

    def assert_inert(self, page):
        """Only our own style and script may act, by their hashes; nothing is loaded; nothing leads out of the page."""
        read = Page(page)
        policy = read.meta["content-security-policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        for name in ("style", "script"):
            self.assertEqual(len(read.inline[name]), 1)
            digest = base64.b64encode(hashlib.sha256(read.inline[name][0].encode()).digest()).decode()
            self.assertIn(f"{name}-src 'sha256-{digest}'", policy)
        self.assertEqual(read.tags - ALLOWED_TAGS, set())
        self.assertEqual({name for name, _ in read.attributes} - ALLOWED_ATTRIBUTES, set())
        for name, value in read.attributes:
            if name == "href":
                self.assertEqual(value, "#stop")
        self.assertNotRegex(page, r"(?i)https?://")

    def test_hostile_mail_cannot_act_on_the_page(self):
        evil = ['"><script>alert(1)</script>', "</code><img src=x onerror=alert(1)>", "' onmouseover='x", "\u202eexe.txt",
                "</style><style>*{display:none}</style>", "</title><base href=//evil.test>", "{{7*7}}", "\x1b]0;x\x07"]
        mails = []
        for i, one in enumerate(self.mails):
            n = i % len(evil)
            one = re.sub(r"From: <(.*?)@(.*?)>", lambda m: f'From: "{evil[n]}" <{m[1]}{evil[n] if i % 3 == 0 else ""}@{m[2]}>', one)
            mails.append(one.replace("Subject: ", f"Subject: {evil[n]} ").replace("https://landing.test/", f"https://landing.test/{evil[n]}/"))
        box = self.folder / "evil.mbox"
        box.write_text(mbox(mails), encoding="utf-8", errors="surrogateescape")
        for lang in ("ja", "en"):
            page = self.run_it("scan", box, "--format", "html", "--lang", lang, "--profile", self.profile)
            self.assert_inert(page)
            self.assertNotIn("\u202e", page)
            self.assertNotIn("\x1b", page)

    def test_the_page_stops_the_mail_at_my_place(self):
        page = self.run_it("scan", self.box, "--format", "html", "--lang", "ja")
        self.assertLess(page.index('class="now"'), page.index('id="stop"'))
        for place in ("docomo", "au", "softbank", "ymobile", "rakuten_mobile", "gmail", "yahoo_jp", "icloud", "outlook_com"):
            self.assertIn(f'id="place-{place}"', page)
        mine = page[page.index('id="place-softbank"'):page.index('id="place-linemo"')]
        for part in ("後方一致", "My SoftBank", '<code id="', "data-copy=", "@d0-notice.test", "これまで", "<strong>30 通</strong>", "<strong>0 通</strong>",
                     "届いてほしいメール 40 通のうち、止まってしまうのは 0 通"):
            self.assertIn(part, mine)
        read = Page(page)
        values = {value for name, value in read.attributes if name == "data-copy"}
        ids = [value for name, value in read.attributes if name == "id"]
        self.assertTrue(values and values <= set(ids))
        self.assertEqual(len(ids), len(set(ids)))
        # Without the script there is no button that does nothing.
        self.assertEqual(page.count("<button"), len(re.findall(r"<button[^>]* hidden>", page)))

    def test_a_page_without_scam_offers_nothing_to_type(self):
        self.box.write_text(mbox([one for one in self.mails if "shop.example" in one]), encoding="utf-8")
        page = self.run_it("scan", self.box, "--format", "html", "--lang", "en", code=0)
        self.assert_inert(page)
        self.assertNotIn('id="stop"', page)
        self.assertIn("What to do now", page)

    def test_a_photo_is_no_mail(self):
        photo = self.folder / "photo.jpg"
        photo.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 8)
        self.run_it("scan", photo, "--lang", "en", code=65)
        self.assertIn("not a mail", self.err)
        self.assertIn("photo.jpg", self.err)
        report = self.scan(self.box, photo, code=65)
        self.assertEqual(len(report["campaigns"]), 1, "the others are read all the same")
        self.assertEqual([Path(one["input"]).name for one in report["unreadable"]], ["photo.jpg"])

    def test_in_a_folder_what_is_no_mail_is_passed_over_and_listed(self):
        folder = self.folder / "saved"
        folder.mkdir()
        for i, one in enumerate(self.mails):
            (folder / f"{i:03d}.eml").write_text(one, encoding="utf-8")
        (folder / "program").write_bytes(b"\x7fELF\x02\x01\x01" + b"\x00" * 200)
        (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" * 9)
        report = self.scan(folder)
        self.assertEqual(len(report["messages"]), len(self.mails))
        self.assertEqual(sorted(Path(one).name for one in report["passed_over"]), ["photo.jpg", "program"])
        self.assertEqual(report["unreadable"], [])
        self.assertIn("photo.jpg", self.run_it("scan", folder, "--lang", "en"))

    def test_a_handful_of_pasted_mails(self):
        one = "差出人：u{0}k{1}@d{0}-notice.test\n件名：{2}様 重要\n\n{2}様\n個人情報が公開されます。本日中にお手続きください。\nhttps://landing.test/abc/{0}k3j\n\n"
        pasted = self.folder / "pasted.txt"
        pasted.write_text("".join(one.format(i, i * 7, NAME) for i in range(5)), encoding="utf-8")
        report = self.scan(pasted)
        self.assertEqual([len(c["members"]) for c in report["campaigns"]], [5])
        self.assertEqual((report["campaigns"][0]["first"], report["campaigns"][0]["rhythm"]["live"]), (None, False))
        self.assertEqual(len(report["exposure"][0]["messages"]), 5)
        text = self.run_it("scan", pasted, "--profile", self.profile, "--lang", "en")
        self.assertNotIn("1970", text)
        self.assertEqual(self.scan(pasted), report, "the same from the index")

    def test_several_mailboxes_are_one(self):
        half = len(self.mails) // 2
        self.box.write_text(mbox(self.mails[:half]), encoding="utf-8")
        other = self.folder / "other.mbox"
        other.write_text(mbox(self.mails[half:]), encoding="utf-8")
        report = self.scan(self.box, other)
        self.assertEqual([len(c["members"]) for c in report["campaigns"]], [30])
        self.assertEqual(len(report["inputs"]), 2)

    def test_whether_the_lure_was_opened_is_said_where_the_mailbox_shows_it(self):
        at = START + 1000
        lure = mail(999, at, "gift7@d0-notice.test", "景品の発送先", "景品の発送先のお名前とご住所をご入力ください。\nhttps://landing.test/abc/zz\n", "198.51.100.7", False)
        for flags, opened in (("S", True), ("", False)):
            folder = self.folder / f"md{flags}"
            for name in ("cur", "new", "tmp"):
                (folder / name).mkdir(parents=True)
            for i, one in enumerate([lure, *self.mails]):
                (folder / "cur" / f"{START + i}.M{i:07d}P1.host:2,{flags if i == 0 else 'S'}").write_text(one, encoding="utf-8")
            campaign = self.scan(folder)["campaigns"][0]
            self.assertEqual((campaign["lure"], campaign["lure_details"]["opened"]), ("0", opened))
        self.box.write_text(mbox([lure.replace("Subject:", "Status: RO\nSubject:", 1), *self.mails]), encoding="utf-8")
        self.assertTrue(self.scan(self.box)["campaigns"][0]["lure_details"]["opened"])

    def test_what_is_wrong_is_said(self):
        self.run_it("scan", code=64)
        self.run_it("scan", self.folder / "missing", code=66)
        self.profile.write_text("[1]")
        self.run_it("scan", self.box, "--profile", self.profile, code=78)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
