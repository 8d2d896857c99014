#!/usr/bin/env python3
"""`sekisho guide`, `contacts` and `carriers` from outside: JSON as in docs/formats/guide.md, errors, the interview on a terminal,
what is kept and forgotten.

usage: guide_test.py SEKISHO SOURCE_DIR
"""
import html.parser
import json
import os
import pty
import re
import select
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SEKISHO, SOURCE = sys.argv[1], Path(sys.argv[2])
FIELDS = ["schema", "reassure", "steps", "never", "expect", "do_not_ignore", "evidence", "prevent", "causes", "contacts", "next_check"]


def environment(**changes):
    keep = {k: v for k, v in os.environ.items() if k == "PATH" or k.endswith("SAN_OPTIONS")}
    return {**keep, "HOME": "/nonexistent", "LANG": "C", "TERM": "dumb", **changes}


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.state = str(Path(self.folder.name) / "state")

    def run_it(self, *arguments, stdin="", code=0):
        done = subprocess.run([SEKISHO, *arguments, "--state", self.state], input=stdin.encode(), capture_output=True, env=environment(), timeout=60)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        self.out, self.err = done.stdout.decode(), done.stderr.decode()
        return self.out

    def guide(self, answers, *arguments, code=0):
        text = answers if isinstance(answers, str) else json.dumps(answers)
        out = self.run_it("guide", "--answers", "-", "--format", "json", "--today", "2026-11-23", *arguments, stdin=text, code=code)
        return json.loads(out) if code == 0 else self.err

    def on_terminal(self, lines, *arguments):
        """What appears on the terminal while `lines` are typed, each when a prompt is there."""
        pid, fd = pty.fork()
        if pid == 0:
            os.execve(SEKISHO, [SEKISHO, *arguments, "--state", self.state, "--today", "2026-11-23"], environment())
        shown, left = "", list(lines)
        while select.select([fd], [], [], 20)[0]:
            try:
                piece = os.read(fd, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece.decode(errors="replace")
            if shown.endswith("> ") and left:
                os.write(fd, (left.pop(0) + "\n").encode())
        os.close(fd)
        os.waitpid(pid, 0)
        self.assertEqual(left, [], shown)
        return shown


class Answers(Case):
    def test_the_fields_are_exactly_those_of_the_contract(self):
        plan = self.guide({"situations": ["campaign_with_my_data"], "done": ["personal_data"], "typed": ["name"], "when": "2026-11-20", "typed_on": None,
                           "mails_began": None, "received_paper": None, "prefecture": "chiba", "carrier": "softbank", "told_someone": None, "lure": None, "lang": "ja"})
        self.assertEqual(list(plan), FIELDS)
        for step in plan["steps"]:
            self.assertEqual(list(step), ["id", "text", "why", "deadline", "deadline_text"])
        for contact in plan["contacts"]:
            self.assertEqual(list(contact), ["id", "name", "phone", "hours", "web", "say", "as_of", "confirmed"])
        self.assertEqual(list(plan["next_check"]), ["when", "ask"])

    def test_only_situations_are_needed(self):
        self.assertEqual(list(self.guide({"situations": ["police_4_bank"]})), FIELDS)

    def test_every_register_speaks(self):
        texts = [self.guide({"situations": ["police_4_bank"], "lang": lang})["reassure"] for lang in ("ja", "ja-plain", "en")]
        self.assertEqual(len(set(texts)), 3)
        self.assertEqual(self.guide({"situations": ["police_4_bank"], "lang": "ja"}, "--register", "en")["reassure"], texts[2])

    def test_the_day_of_receipt_is_not_counted(self):
        plan = self.guide({"situations": ["court_order_genuine"], "received_paper": "2026-12-15"})
        self.assertIn("2027-01-04", [step["deadline"] for step in plan["steps"]])

    def test_wrong_answers_are_named_with_the_nearest(self):
        for answers, said in ((["x"], "object"), ("{", "JSON"), ({"situations": []}, "situation"), ({"situations": ["police_4_bnk"]}, "police_4_bank"),
                              ({"situations": ["police_4_bank"], "dne": []}, "done"), ({"situations": ["police_4_bank"], "done": ["taped"]}, "tapped"),
                              ({"situations": ["police_4_bank"], "when": "2026-02-30"}, "when"), ({"situations": ["police_4_bank"], "carrier": "docmo"}, "docomo"),
                              ({"situations": ["police_4_bank"], "lang": "fr"}, "lang"), ({"situations": "police_4_bank"}, "list")):
            with self.subTest(answers=answers):
                self.assertIn(said, self.guide(answers, code=64))

    def test_files_that_cannot_be_read(self):
        self.run_it("guide", "--answers", "/nonexistent/x", code=66)
        self.run_it("guide", "--answers", self.folder.name, code=66)

    def test_one_megabyte_is_read_and_no_more(self):
        text = json.dumps({"situations": ["police_4_bank"]})
        self.guide(text + " " * (1024 * 1024 - len(text)))
        self.guide(text + " " * (1024 * 1024 - len(text) + 1), code=64)

    def test_a_hundred_names_and_no_more(self):
        self.guide({"situations": ["police_4_bank"] * 100})
        self.guide({"situations": ["police_4_bank"] * 101}, code=64)

    def test_a_judged_message_fills_in_the_situation(self):
        judged = self.run_it("check", "--format", "json", str(SOURCE / "samples"), code=10)
        kinds = [json.loads(line)["scam_kind"] for line in judged.splitlines()]
        self.assertTrue(any(kinds))
        plan = json.loads(self.run_it("guide", "--from-check", "-", "--format", "json", stdin=judged))
        self.assertEqual(list(plan), FIELDS)
        self.run_it("guide", "--from-check", "-", stdin='{"x":1}', code=64)
        self.run_it("guide", "--from-check", "-", stdin="", code=64)

    def test_a_scanned_mailbox_fills_in_items_and_dates(self):
        report = {"schema": "sekisho.scan/1", "campaigns": [
            {"members": ["1", "2", "3", "4"], "first": "2026-10-01T08:00:00+09:00", "rhythm": {"live": False}, "items": {}, "scam_kinds": ["prize"]},
            {"members": ["5", "6", "7"], "first": "2026-11-01T08:00:00+09:00", "rhythm": {"live": True}, "scam_kinds": ["unpaid_fee"],
             "items": {"name": 3, "phone": 1, "member_no": 1},
             "lure_details": {"time": "2026-11-01T08:00:00+09:00", "first_use": "2026-11-15T05:43:31+09:00"}}]}
        out = json.loads(self.run_it("guide", "--from-scan", "-", "--format", "json", "--today", "2026-11-23", stdin=json.dumps(report)))
        campaign = self.guide({"situations": ["campaign_with_my_data"], "typed": ["name", "phone"], "typed_on": "2026-11-01",
                               "mails_began": "2026-11-15", "lure": "2026-11-01T08:00:00+09:00"})
        self.assertEqual(out, campaign, "the running campaign, what it holds, and its dates")
        self.run_it("guide", "--from-scan", "-", stdin='{"campaigns":[]}', code=64)
        self.assertIn("sekisho guide", self.err)
        self.run_it("guide", "--from-scan", "-", stdin='{"x":1}', code=64)

    def test_a_draft_can_be_printed_as_a_page(self):
        page = self.run_it("guide", "--draft", "objection", "--paper", "--fill", "creditor=<b>A</b>")
        self.assertTrue(page.lstrip().lower().startswith("<!doctype html>"))
        self.assertIn("&lt;b&gt;A&lt;/b&gt;", page)
        self.assertNotIn("<script", page)

    def test_text_ends_with_a_next_step_and_says_once_what_it_is(self):
        out = self.run_it("guide", "--answers", "-", "--register", "en", stdin='{"situations":["police_4_bank"]}')
        self.assertEqual(out.count("not legal advice"), 1)
        self.assertIn("sekisho guide", out.strip().split("\n\n")[-1])

    def test_escapes_in_answers_reach_no_terminal(self):
        out = self.run_it("guide", "--draft", "police_online", "--answers", "-", stdin=json.dumps({"situations": ["police_4_bank"], "lure": "\x1b[31mred\u202e"}))
        self.assertNotIn("\x1b", out)
        self.assertNotIn("\u202e", out)


class Describe(Case):
    def test_words_lead_to_a_situation(self):
        found = json.loads(self.run_it("guide", "--describe", "ポイントが全部消えていました", "--format", "json"))
        self.assertEqual(list(found), ["schema", "situations", "done", "typed", "ask"])
        self.assertEqual(found["situations"][0]["id"], "police_6_points")
        self.assertTrue(found["situations"][0]["because"])

    def test_nothing_fits_and_two_questions_are_asked(self):
        found = json.loads(self.run_it("guide", "--describe", "今日はいい天気です", "--format", "json"))
        self.assertEqual(found["situations"], [])
        self.assertIn(len(found["ask"]), (1, 2))

    def test_any_bytes(self):
        done = subprocess.run([SEKISHO, "guide", "--describe", b"\xff\xfe\x80 \xe3\x83", "--format", "json"], capture_output=True, env=environment())
        self.assertEqual(done.returncode, 0)
        json.loads(done.stdout)


class Drafts(Case):
    def test_every_draft_prints_with_gaps_to_fill(self):
        for name in self.run_it("guide", "--drafts", "--names").split():
            with self.subTest(draft=name):
                draft = json.loads(self.run_it("guide", "--draft", name, "--format", "json", "--register", "en"))
                self.assertTrue(draft["body"] and draft["translation"])
                self.assertNotIn("{", draft["body"])

    def test_gaps_are_filled_and_wrong_ones_named(self):
        self.assertIn("みどり商店", self.run_it("guide", "--draft", "shop_demand", "--fill", "shop=みどり商店"))
        self.run_it("guide", "--draft", "shop_demand", "--fill", "shp=x", code=64)
        self.assertIn("shop", self.err)
        self.run_it("guide", "--draft", "shop_demand", "--fill", "shop", code=64)
        self.run_it("guide", "--draft", "shop_deman", code=64)
        self.assertIn("shop_demand", self.err)


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.tags, self.attributes = [], set(), []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes += attributes
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag


class Handouts(Case):
    def test_every_page_stands_alone(self):
        for situation in self.run_it("guide", "--names").split():
            for register in ("ja", "ja-plain", "en"):
                with self.subTest(situation=situation, register=register):
                    page = Page()
                    text = self.run_it("guide", "--handout", situation, "--register", register)
                    page.feed(text)
                    self.assertEqual(page.open, [])
                    self.assertFalse(page.tags & {"script", "img", "link", "iframe", "object", "form", "a"})
                    self.assertFalse([a for a, _ in page.attributes if a.startswith("on") or a in ("src", "href")])
                    self.assertEqual("ruby" in page.tags, register == "ja-plain")
                    self.assertNotIn("{", text.split("</style>")[1])

    def test_an_unknown_situation_is_named(self):
        self.run_it("guide", "--handout", "police_4_bnk", code=64)
        self.assertIn("police_4_bank", self.err)


class Interview(Case):
    def test_it_goes_back_resumes_and_ends_with_the_plan(self):
        names = self.run_it("guide", "--names").split()
        bank = str(names.index("police_4_bank") + 1)
        shown = self.on_terminal([bank, "x", "2", "b", "2 6", "q"], "guide")
        self.assertIn("could not be read", shown)
        self.assertIn("Saved so far", shown)
        kept = Path(self.state) / "guide.json"
        self.assertEqual(stat.S_IMODE(kept.stat().st_mode), 0o600)
        self.assertEqual(json.loads(kept.read_text())["answers"]["done"], ["tapped", "bank"])
        shown = self.on_terminal(["?", "11/20", "chiba", "?"], "guide")
        self.assertIn("Going on where you stopped", shown)
        self.assertIn("What to do now", shown)
        self.assertIn("Chiba Prefectural Police", shown)
        self.assertEqual(json.loads(kept.read_text())["answers"]["when"], "2026-11-20")

    def test_without_a_terminal_it_says_what_to_give(self):
        self.assertIn("--answers", self.run_it("guide"))

    def test_the_log_and_forgetting(self):
        self.assertIn("Noted", self.run_it("guide", "log", "a call,", "not \x1banswered"))
        log = Path(self.state) / "guide.log"
        self.assertEqual(stat.S_IMODE(log.stat().st_mode), 0o600)
        self.assertNotIn("\x1b", log.read_text())
        self.assertIn("a call,", self.run_it("guide", "log"))
        self.assertIn("erased", self.run_it("guide", "--forget"))
        self.assertFalse(log.exists())
        self.assertIn("nothing to erase", self.run_it("guide", "--forget"))

    def test_the_mails_go_on_and_the_next_thing_is_named_with_its_cost(self):
        first = self.on_terminal(["2"], "guide", "check-in")
        self.assertIn("What it costs", first)
        second = self.on_terminal(["2"], "guide", "check-in")
        self.assertNotEqual(first.split("What it costs")[0], second.split("What it costs")[0])
        self.assertIn("2026-12-07", second)
        for _ in range(2):
            self.on_terminal(["2"], "guide", "check-in")
        self.assertIn("police desk", self.on_terminal(["2"], "guide", "check-in"))

    def test_damaged_answers_are_said(self):
        Path(self.state).mkdir()
        (Path(self.state) / "guide.json").write_text("{")
        self.assertIn("--forget", self.on_terminal([], "guide"))

    def test_unknown_words(self):
        self.run_it("guide", "lgo", "x", code=64)
        self.assertIn("log", self.err)


class Desks(Case):
    def test_every_prefecture_and_no_hidden_number(self):
        care = SOURCE / "knowledge" / "care"
        text = (care / "contacts.yaml").read_text() + (care / "prefectures.yaml").read_text()
        phones = [(number, show == "true") for number, show in re.findall(r"(?:phone|number): '?([#0-9-]+)'?,?\s+show_phone: (true|false)", text)]
        self.assertGreater(len(phones), 100, "the pattern no longer reads the data")
        prefectures = self.run_it("contacts", "--names").split()
        shown = {number for number, show in phones if show}
        hidden = {number for number, show in phones if not show} - shown
        self.assertEqual(len(prefectures), 47)
        self.assertGreater(len(hidden), 40)
        for p in prefectures:
            for form in ("text", "json"):
                out = self.run_it("contacts", p, "--format", form, "--lang", "en")
                self.assertIn("Police", out.split("\n\n")[1] if form == "text" else out.splitlines()[0])
                for number in hidden:
                    self.assertNotIn(number, out)

    def test_places_and_carriers_by_name(self):
        for place in ("chiba", "千葉", "千葉県", "Chiba"):
            self.assertIn("043", self.run_it("contacts", place))
        self.run_it("contacts", "chba", code=64)
        self.assertIn("chiba", self.err)
        self.run_it("carriers", "docmo", code=64)
        self.assertIn("docomo", self.err)
        for name in self.run_it("carriers", "--names").split():
            carrier = json.loads(self.run_it("carriers", name, "--format", "json"))
            self.assertEqual(carrier["schema"], "sekisho.carriers/1")
            self.assertTrue(carrier["taps"])

    def test_each_is_dated(self):
        for line in self.run_it("contacts", "--format", "json").splitlines():
            self.assertIn("as_of", json.loads(line))


class Site(Case):
    def test_its_words_and_its_mistakes(self):
        folder = Path(self.folder.name) / "site" / "care"
        folder.mkdir(parents=True)
        (folder / "words.yaml").write_text("notice: {ja: 町より, ja-plain: まちより, en: From our town}\n")
        out = self.run_it("guide", "--answers", "-", "--knowledge", str(folder.parent), "--register", "en", stdin='{"situations":["police_4_bank"]}')
        self.assertIn("From our town", out)
        (folder / "words.yaml").write_text("notice: {ja: 町より, en: From our town}\n")
        self.run_it("guide", "--names", "--knowledge", str(folder.parent), code=78)
        self.assertIn("words.yaml:1", self.err)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
