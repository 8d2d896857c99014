#!/usr/bin/env python3
"""`sekisho rules` from outside: what a person types and reads.

usage: rules_test.py SEKISHO SOURCE_DIR
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import yaml

SEKISHO, SOURCE = os.path.abspath(sys.argv[1]), Path(sys.argv[2])
PLACES = "docomo ahamo au uq povo softbank linemo ymobile rakuten_mobile gmail yahoo_jp icloud outlook_com generic".split()


class Case(unittest.TestCase):
    def setUp(self):
        self.held = tempfile.TemporaryDirectory()
        self.folder = Path(self.held.name)

    def tearDown(self):
        self.held.cleanup()

    def run_it(self, *arguments, stdin=b"", lang="en", code=0):
        done = subprocess.run([SEKISHO, *map(str, arguments), "--lang", lang], input=stdin, capture_output=True, timeout=120,
                              env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C",
                                   **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}})
        self.assertEqual(done.returncode, code, (arguments, done.stdout[-600:], done.stderr[-600:]))
        self.err = done.stderr.decode()
        return done.stdout.decode()

    def put(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


class FromFew(Case):
    SENDERS = "rk81@hoshimichi.test\nTaro <kk-2@hoshimichi.test>\n<zz@hoshimichi.test>\n"

    def test_three_pasted_senders_give_the_softbank_entry_with_its_check_in_one_command(self):
        for lang, ending, touched in (("ja", "後方一致  @hoshimichi.test", "巻き添えは 0 件"), ("en", "ending  @hoshimichi.test", "0 of those to keep are touched")):
            out = self.run_it("rules", "--from", "-", "--carrier", "softbank", stdin=self.SENDERS.encode(), lang=lang)
            self.assertIn(ending, out)
            self.assertIn("My SoftBank", out)
            self.assertIn(touched, re.sub(r"\n +", "" if lang == "ja" else " ", out))

    def test_mails_addresses_and_files_may_be_mixed(self):
        mail = self.put("one.eml", "From: =?UTF-8?B?5bGx55Sw?= <a1@hoshimichi.test>\nSubject: x\n\nwrite to b@other.test\n")
        pasted = self.put("two.txt", "差出人: 山田 <a2@hoshimichi.test>\n件名: お知らせ\n\n本文です。\n")
        report = json.loads(self.run_it("rules", "--from", mail, pasted, "a3@hoshimichi.test", "--carrier", "docomo", "--format", "json"))
        self.assertEqual(report["senders"], ["a1@hoshimichi.test", "a2@hoshimichi.test", "a3@hoshimichi.test"])
        self.assertEqual(report["rules"]["reject"], [{"match": "domain", "value": "hoshimichi.test"}])
        self.assertEqual(report["stopped"], 3)

    def test_somebody_to_keep_is_not_touched(self):
        report = json.loads(self.run_it("rules", "--from", "a@hoshimichi.test", "--keep", "mother@hoshimichi.test", "--carrier", "softbank", "--format", "json"))
        self.assertEqual(report["rules"], {"reject": [{"match": "exact", "value": "a@hoshimichi.test"}], "allow": []})
        self.assertEqual(report["kept_touched"], 0)

    def test_free_mail_is_not_refused_as_a_whole(self):
        out = self.run_it("rules", "--from", "a@gmail.com", "--carrier", "softbank")
        self.assertIn("mail that anybody uses", out.replace("\n    ", " "))
        self.assertNotIn("ending  @gmail.com", out)

    def test_every_place_and_format_answers(self):
        for place in PLACES:
            for lang in ("ja", "en"):
                self.assertIn("hoshimichi.test", self.run_it("rules", "--from", "a@hoshimichi.test", "--carrier", place, lang=lang))
        for form in ("sieve", "postfix", "postfix-access", "gmail", "generic"):
            self.assertIn("hoshimichi", self.run_it("rules", "--from", "a@hoshimichi.test", "--format", form))

    def test_what_is_not_understood_is_said(self):
        self.run_it("rules", "--from", self.put("x.txt", "no sender here at all\n"), code=65)
        self.run_it("rules", "--from", self.folder / "gone", code=66)
        self.run_it("rules", "--from", "a@b.test", "--carrier", "softbnk", code=64)
        self.assertIn("softbank", self.err)
        self.run_it("rules", "--from", "a@b.test", "--format", "siev", code=64)
        self.assertIn("sieve", self.err)
        self.run_it("rules", code=64)


class FromScan(Case):
    def mailbox(self, extra=()):
        """Three weeks of a campaign from one domain, one from rented names, wanted mail beside them."""
        lines, report, day = [], [], 0

        def mail(sender, verdict="wanted", campaign=None, body="hello"):
            number = len(report)
            lines.append(f"From x@y.example Mon Nov {1 + number % 28:2} 10:00:00 2026\nReceived: from a (a [203.0.113.9]) by b with ESMTP; "
                         f"{1 + number // 8 % 28} Nov 2026 10:{number % 60:02}:00 +0900\nFrom: {sender}\nSubject: {number}\n\n{body}\n\n")
            report.append({"id": number, "verdict": verdict, "campaign": campaign})
        for i in range(80):
            mail(f"x{i}@hoshimichi.test", "scam", "A")
            mail(f"y{i}@n{i % 7}.many.example", "scam", "B")
            mail("friend@home.example")
            mail("order@shop.many.example")
        for sender, verdict, campaign in extra:
            mail(sender, verdict, campaign)
        return self.put("in.mbox", "".join(lines)), self.put("report.json", json.dumps({"messages": report}))

    def test_the_fewest_with_their_proof(self):
        box, report = self.mailbox()
        out = json.loads(self.run_it("rules", box, "--scan", report, "--format", "json"))
        self.assertEqual([(r["match"], r["value"]) for r in out["rules"]["reject"]], [("domain", "hoshimichi.test"), ("domain", "many.example")])
        self.assertEqual(out["rules"]["allow"], [{"match": "domain", "value": "shop.many.example"}])
        self.assertEqual((out["proof"]["stopped"], out["proof"]["campaign_mail"], out["proof"]["wanted_touched"]), (160, 160, 0))
        self.assertTrue(out["proof"]["proved"])
        self.assertEqual(len(out["by_host"]["rules"]["reject"]), 8)
        self.assertGreater(out["replay"]["later"], 100)
        for lang in ("ja", "en"):
            for place in PLACES:
                self.assertIn("hoshimichi.test", self.run_it("rules", box, "--scan", report, "--carrier", place, lang=lang))

    def test_documented_fields_are_the_fields(self):
        box, report = self.mailbox()
        out = json.loads(self.run_it("rules", box, "--scan", report, "--format", "json"))
        text = (SOURCE / "docs/formats/rules.md").read_text()
        for name in [*out, *out["proof"], *out["replay"], *out["campaigns"][0], *out["rules"]["reject"][0]]:
            self.assertRegex(text, rf"`{name}(\[\])?`", name)

    def test_what_the_scan_could_not_place_does_not_stand_in_the_way_where_all_else_is_campaign(self):
        box, report = self.mailbox([("odd@hoshimichi.test", "cannot_tell", None)])
        out = json.loads(self.run_it("rules", box, "--scan", report, "--format", "json"))
        self.assertEqual(out["doubtful"], 1)
        self.assertIn("hoshimichi.test", [r["value"] for r in out["rules"]["reject"]])
        box, report = self.mailbox([("odd@hoshimichi.test", "wanted", None)])
        out = json.loads(self.run_it("rules", box, "--scan", report, "--format", "json"))
        self.assertNotIn("hoshimichi.test", [r["value"] for r in out["rules"]["reject"]], "a wanted one does")

    def test_second_choice_is_exported_only_when_accepted(self):
        box, report = self.mailbox([("pal@gmail.com", "wanted", None)] + [(f"z{i}@gmail.com", "scam", "C") for i in range(9)])
        self.assertNotIn("gmail.com", self.run_it("rules", box, "--scan", report, "--format", "generic"))
        accepted = self.run_it("rules", box, "--scan", report, "--format", "generic", "--yes")
        self.assertIn("reject domain gmail.com", accepted)
        self.assertIn("allow exact pal@gmail.com", accepted)
        out = self.run_it("rules", box, "--scan", report)
        self.assertIn("Second choice", out)
        self.assertIn("will be lost", out.replace("\n  ", " "))

    def moving(self):
        """A campaign that sends and lands elsewhere every day; the links begin alike. A friend passes one on. Then the days after."""
        boxes, reports = [], []
        for days in (range(0, 8), range(8, 11)):
            lines, report = [], []

            def mail(day, sender, body, verdict="wanted", campaign=None):
                report.append({"id": len(report), "verdict": verdict, "campaign": campaign})
                lines.append(f"From x@y.example Mon Nov {1 + day:2} 10:00:00 2026\nReceived: from a (a [203.0.113.{day + 1}]) by b with ESMTP; "
                             f"{1 + day} Nov 2026 10:{len(report) % 60:02}:00 +0900\nFrom: {sender}\nSubject: x\n\n{body}\n\n")
            for day in days:
                for i in range(6):
                    mail(day, f"x{i}@fune{day}akari{day * 7}.test", f"see https://minato{day}kumo.test/qx7/{i}", "scam", "A")
                mail(day, "friend@home.example", "hello")
                mail(day, "order@shop.example", "see https://shop.example/order/1")
            if days.start > 0:
                mail(days.start, "friend@home.example", "is this real? https://minato8kumo.test/qx7/1")
                mail(days.start, "stranger@new.example", "see https://new.example/qx77/1")
            boxes.append(self.put(f"{days.start}.mbox", "".join(lines)))
            reports.append(self.put(f"{days.start}.json", json.dumps({"messages": report})))
        return boxes, reports

    def test_where_senders_move_the_path_of_the_links_stops_what_follows_and_friends_may_pass_it_on(self):
        boxes, reports = self.moving()
        out = json.loads(self.run_it("rules", boxes[0], "--scan", reports[0], "--format", "json"))
        self.assertEqual(out["content"]["entries"], [{"match": "path", "value": "/qx7/"}])
        self.assertEqual((out["content"]["stopped"], out["content"]["campaign_mail"]), (48, 48))
        self.assertIn({"match": "domain", "value": "home.example"}, out["content"]["allow"])
        listed = self.put("l.txt", self.run_it("rules", boxes[0], "--scan", reports[0], "--format", "generic"))
        self.run_it("rules", "check", "--list", listed)
        later = json.loads(self.run_it("rules", "test", boxes[1], "--scan", reports[1], "--list", listed, "--format", "json"))
        self.assertEqual((later["campaign_stopped"], later["campaign_mail"], later["wanted_touched"]), (18, 18, 0))
        text = self.run_it("rules", boxes[0], "--scan", reports[0])
        self.assertIn("links whose path begins with  /qx7/", text)
        self.assertIn("allow entries go with them", re.sub(r"\n +", " ", text))

    def test_our_own_list_is_read_again_without_a_mistake(self):
        box, report = self.mailbox([(f"z{i}@akarisuzume{i}.{end}", "scam", "C") for i in range(4) for end in ("test", "example", "invalid")])
        for place in PLACES:
            listed = self.run_it("rules", box, "--scan", report, "--carrier", place, "--format", "generic")
            self.run_it("rules", "check", "--list", self.put("l.txt", listed))
        self.assertIn("reject contains @akarisuzume", listed)

    def test_a_quiet_mailbox_and_a_broken_report(self):
        box = self.put("in.mbox", "From x@y.example Mon Nov  2 10:00:00 2026\nFrom: a@b.example\n\nhi\n")
        self.assertIn("nothing to stop", self.run_it("rules", box, "--scan", self.put("r.json", '{"messages": [], "campaigns": []}')))
        for broken in ("", "[]", "{}", '{"messages": 3}', "[" * 5000, '{"messages": [{"id": {}}], "campaigns": [3, {"id": null, "members": [[], 9999999]}]}'):
            done = subprocess.run([SEKISHO, "rules", box, "--scan", self.put("r.json", broken)], capture_output=True, env={"HOME": str(self.folder)})
            self.assertIn(done.returncode, (0, 78), broken)

    def test_nothing_of_a_mail_acts_on_the_terminal(self):
        box, report = self.mailbox([("\x1b[31mred\x07@evil\x1b]0;x\x07.test", "scam", "C")] * 4 + [("\u202eevil@rtl.test", "scam", "D")] * 4)
        for arguments in (("rules", box, "--scan", report), ("rules", "test", box, "--list", self.put("l.txt", "reject domain rtl.test\n"))):
            out = self.run_it(*arguments) + self.err
            self.assertNotRegex(out, "[\x00-\x08\x0b-\x1f\x7f\u202e]")


class WithOwnScan(Case):
    def test_without_a_report_the_mailbox_is_scanned_and_a_scan_carries_the_same_rules(self):
        box, _ = FromScan.mailbox(self)
        scanned = subprocess.run([SEKISHO, "scan", box, "--format", "json"], capture_output=True, timeout=120, env={"HOME": str(self.folder)})
        report = json.loads(scanned.stdout)
        own = json.loads(self.run_it("rules", box, "--format", "json"))
        again = json.loads(self.run_it("rules", box, "--scan", self.put("report.json", scanned.stdout), "--format", "json"))
        self.assertEqual(own["rules"], again["rules"])
        self.assertEqual(own["proof"], again["proof"])
        self.assertEqual([(r["match"], r["value"]) for r in report["rules"]["reject"]], [(r["match"], r["value"]) for r in sorted(own["rules"]["reject"], key=lambda r: -r["stops"])])


class ListByHand(Case):
    def test_add_list_remove(self):
        path = self.folder / "state/sekisho"
        self.assertIn("no rule yet", self.run_it("rules", "list", "--state", path))
        self.run_it("rules", "add", "lamp-red.test", "--state", path, "--note", "why")
        self.run_it("rules", "add", "allow", "exact", "F@lamp-red.test", "--state", path)
        self.assertIn("already there", self.run_it("rules", "add", "@lamp-red.test", "--state", path))
        self.assertIn("reject domain lamp-red.test  # why\nallow exact f@lamp-red.test", self.run_it("rules", "list", "--state", path))
        self.run_it("rules", "remove", "lamp-red.test", "--state", path)
        self.assertNotIn("reject", self.run_it("rules", "list", "--state", path).split("\n\n")[0])
        self.run_it("rules", "remove", "lamp-red.test", "--state", path, code=64)
        self.assertEqual([p.name for p in path.iterdir() if "rules" in p.name], ["rules.txt"], "nothing is left beside it")

    def test_a_malformed_entry_is_refused_with_what_was_meant(self):
        path = self.folder / "l.txt"
        for lang in ("ja", "en"):
            self.run_it("rules", "add", "yahoo.co,jp", "--list", path, lang=lang, code=64)
            self.assertIn("reject domain yahoo.co.jp", self.err)
        self.assertFalse(path.exists())

    def test_what_loses_other_peoples_mail_needs_a_yes(self):
        path = self.folder / "l.txt"
        self.run_it("rules", "add", "gmail.com", "--list", path, code=64)
        self.assertFalse(path.exists())
        self.run_it("rules", "add", "gmail.com", "--list", path, "--yes")
        self.run_it("rules", "add", "somebody@gmail.com", "--list", path)
        self.run_it("rules", "add", "reject", "contains", "newsmail", "--list", path, code=64)

    def test_check_names_mistakes_and_what_a_place_cannot_take(self):
        path = self.put("l.txt", "reject domain lamp-red.test\nreject prefix abcd\n")
        self.assertIn("2 rules", self.run_it("rules", "check", "--list", path))
        self.assertIn("prefix", self.run_it("rules", "check", "--list", path, "--carrier", "docomo"))
        path = self.put("l.txt", "reject domain lamp,test\n")
        self.run_it("rules", "check", "--list", path, code=1)
        self.assertIn("l.txt:1", self.err)
        self.run_it("rules", "check", "--list", self.folder / "gone", code=66)

    def test_check_says_where_allowing_saves_nothing(self):
        path = self.put("l.txt", "reject domain lamp-red.test\nallow exact friend@lamp-red.test\n")
        for place, said in (("yahoo_jp", "no allow list"), ("docomo", "may save nothing"), ("softbank", "before the reject"), ("au", "must receive")):
            self.assertIn(said, self.run_it("rules", "check", "--list", path, "--carrier", place), place)
        self.assertNotIn("allow", self.run_it("rules", "check", "--list", path))

    def test_check_for_programs(self):
        path = self.put("l.txt", "reject domain lamp-red.test\nreject domain yahoo.co,jp\n")
        out = json.loads(self.run_it("rules", "check", "--list", path, "--format", "json", code=1))
        self.assertEqual((out["schema"], out["rules"]), ("sekisho.rules_check/1", 1))
        self.assertEqual(out["mistakes"], [{"line": 2, "written": "reject domain yahoo.co,jp", "what": "comma", "likely": "reject domain yahoo.co.jp"}])

    def test_test_and_age(self):
        mails = "".join(f"From x@y Mon Nov {i + 1:2} 10:00:00 2026\nDate: {i + 1} Nov 2026 10:00:00 +0900\nFrom: {s}\n\nx\n\n" for i, s in enumerate(["a@lamp-red.test", "b@lamp-red.test", "f@home.example"]))
        box = self.put("in.mbox", mails)
        report = self.put("r.json", json.dumps({"messages": [{"id": 0, "verdict": "scam", "campaign": "A"}, {"id": "1", "verdict": "scam", "campaign": "A"}]}))
        path = self.put("l.txt", "reject domain lamp-red.test\nreject exact a@lamp-red.test\nreject domain gone.test\n")
        self.assertIn("Stops 2 of 2", self.run_it("rules", "test", box, "--list", path, "--scan", report))
        out = self.run_it("rules", "age", box, "--list", path)
        self.assertIn("catches nothing in this mailbox: reject domain gone.test", out)
        self.assertIn("is not needed beside reject domain lamp-red.test", out)
        hurting = self.put("h.txt", "reject domain home.example\n")
        self.assertIn("f@home.example", self.run_it("rules", "test", box, "--list", hurting, "--scan", report, code=1))
        self.run_it("rules", "test", box, "--list", path, "--scan", report, "--keep", "z@lamp-red.test", code=1)


class Words(Case):
    def flat(self, tree, prefix):
        if set(tree) <= {"ja", "en"}:
            return {prefix: tree}
        return {key: value for name, inner in tree.items() for key, value in self.flat(inner, f"{prefix}.{name}").items()}

    def test_every_sentence_is_asked_for_and_every_asked_one_is_there_in_both_languages(self):
        words = {**self.flat(yaml.safe_load((SOURCE / "knowledge/words_rules.yaml").read_text())["rules"], "rules"),
                 **self.flat(yaml.safe_load((SOURCE / "knowledge/words_page.yaml").read_text())["page"], "page")}
        asked = set()
        for source in (SOURCE / "src/app").glob("*.cc"):
            asked |= set(re.findall(r'"((?:rules|page)\.[a-z_.{}]+)"', source.read_text())) - {"rules.txt", "page.h"}
        patterns = {key: re.compile(re.escape(key).replace(r"\{\}", "[a-z_]+")) for key in asked}
        self.assertGreater(len(words), 100)
        self.assertEqual([key for key, pattern in patterns.items() if not any(pattern.fullmatch(name) for name in words)], [])
        self.assertEqual([name for name in words if not any(pattern.fullmatch(name) for pattern in patterns.values())], [])
        for name, both in words.items():
            self.assertEqual(set(both), {"ja", "en"}, name)
            gaps = [set(re.findall(r"\{([a-z]+)\}", both[lang])) for lang in ("ja", "en")]
            self.assertEqual(gaps[0], gaps[1], name)

    def test_help_manual_and_completion_name_every_option(self):
        for command in ("rules", "filter"):
            for lang in ("ja", "en"):
                options = set(re.findall(r"--[a-z]+", self.run_it(command, "--help", lang=lang)))
                self.assertGreater(len(options), 6)
                manual = (SOURCE / "docs/man" / ("ja" if lang == "ja" else ".") / f"sekisho-{command}.1").read_text().replace("\\-", "-")
                for option in options:
                    self.assertIn(option, manual, (command, lang))
                    for name in ("sekisho.bash", "_sekisho", "sekisho.fish"):
                        self.assertIn(option[2:] if name.endswith("fish") else option, (SOURCE / "completions" / name).read_text(), (name, option))
            for place in PLACES:
                if command == "rules":
                    self.assertIn(place, self.run_it("rules", "--help"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
