#!/usr/bin/env python3
"""What our exports say to the real tools: Dovecot's sieve-test and Postfix's postmap decide on every message of a mailbox
as `sekisho rules test` does.

usage: test_exports.py SEKISHO SOURCE_DIR
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SEKISHO = sys.argv[1]
MISSING = [tool for tool in ("sieve-test", "postmap") if shutil.which(tool, path=os.environ["PATH"] + ":/usr/sbin") is None]

FROM = ["{0}", "<{0}>", "Taro <{0}>", '"Yamada, Taro" <{0}>', "=?UTF-8?B?5bGx55Sw?= <{0}>", '"info@lamp-red.test" <{0}>',
        "Taro\n <{0}>", "{0} (Taro)", '"a <b@kumo.example> c" <{0}>', "  <{0}>  "]
LOCALS = ["a", "info", "x1", "Info.Desk", "lamp", "o'neil", "a+b", "q_9", "info*x", "a?b", "a{b}", "a|b", "a^b$", "back/slash"]
HOSTS = ["lamp-red.test", "x.lamp-red.test", "redlamp-red.test", "LAMP-RED.test", "lamp-red.test.example", "kumo.example",
         "2gx-hina.test", "qbu-hina.test", "hina.test", "box.example", "shop.box.example", "a.b.c.box.example"]
LIST = """# a list with every mode
reject domain lamp-red.test
reject suffix -hina.test
reject contains kumo.ex
reject prefix info*
reject prefix info.d
reject exact o'neil@box.example
reject exact a^b$@shop.box.example
reject exact a|b@box.example
reject suffix @c.box.example
reject suffix .b.c.box.example
reject contains a?b
reject exact back/slash@box.example
allow exact a@x.lamp-red.test
allow prefix lamp@
allow domain shop.box.example
"""
CONTENT = LIST + "reject link landing.test\nreject link a-b.kumo2.test\nreject path /qx7/\nreject net 198.51.100.0/24\n"


def message(number, sender, body):
    hop = ["198.51.100.7", "198.51.101.7", "203.0.113.198"][number % 3]
    return (f"Received: from out.example (out.example [{hop}])\n\tby mx.home.example with ESMTP id {number};\n\tMon, 2 Nov 2026 10:00:00 +0900\n"
            f"From: {sender}\nTo: me@home.example\nSubject: no. {number}\nMessage-ID: <{number}@home.example>\nMIME-Version: 1.0\n{body}")


def bodies():
    text = "Content-Type: text/plain; charset=UTF-8\n\n"
    html = "Content-Type: text/html; charset=UTF-8\n\n"
    return [text + "Hello.\n", text + "See https://landing.test/a now.\n", text + "See https://www.landing.test/a now.\n",
            text + "See https://xlanding.test/a now.\n", html + '<p><a href="https://landing.test/a">here</a></p>\n',
            html + '<p><a href="https://other.test/a">here</a></p>\n',
            "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64\n\nU2VlIGh0dHBzOi8vbGFuZGluZy50ZXN0L2Egbm93Lgo=\n",
            "Content-Type: text/plain; charset=ISO-2022-JP\n\n\x1b$B$3$s\x1b(B https://landing.test/\n",
            text + "See https://landing.test.evil.example/a now.\n", text + "See https://landing.testing.example/a now.\n",
            text + "See HTTPS://WWW.LANDING.TEST:8080/a now.\n", text + "See https://me@landing.test/a now.\n",
            text + "<https://landing.test>\n", text + "See https://landing.test.\n", text + "https://landing.test、ほか\n",
            text + "https://x.example/?to=landing.test\n", text + "https://x.example/landing.test/a\n", text + "landing.test and //nothing\n",
            text + "https://aab.kumo2.test/\n", text + "https://a-b.kumo2.test/x\n", text + "https://a-bXkumo2.test/x\n",
            text + "https://x.example/qx7/a\n", text + "https://x.example/QX7/\n", text + "https://x.example/a/qx7/b\n",
            text + "https://x.example/qx77/a\n", text + "https://x.example/qx7\n", text + "the folder /qx7/ is not a link\n",
            html + '<p><a href="https://x.example:8443/qx7/a?b=c">here</a> <img src="https://y.example/qx7.png"></p>\n',
            "Content-Type: text/html; charset=UTF-8\nContent-Transfer-Encoding: quoted-printable\n\n<a href=3D\"https://x.example/qx=\n7/a\">x</a>\n",
            'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain\n\nhi\n--b\nContent-Type: text/html\n\n<a href="http://landing.test">x</a>\n--b--\n']


def run(*arguments, ok=(0,), **more):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, timeout=120, **more)
    assert done.returncode in ok, (arguments, done.returncode, done.stderr[-2000:])
    return done.stdout.decode("utf-8", "replace")


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp())
        os.chmod(cls.folder, 0o777)
        chance = random.Random(7)
        cls.messages = []
        kinds = bodies()
        for host in HOSTS:
            for local in LOCALS:
                sender = chance.choice(FROM).format(f"{local}@{host}")
                cls.messages.append(message(len(cls.messages), sender, kinds[len(cls.messages) % len(kinds)]).encode())
        # Every kind of body once more from somebody whom no rule knows.
        for body in kinds:
            cls.messages.append(message(len(cls.messages) | 1, "new@elsewhere.example", body).encode())
        cls.mbox = cls.folder / "in.mbox"
        cls.mbox.write_bytes(b"".join(b"From x@home.example Mon Nov  2 10:00:00 2026\n" + m + b"\n" for m in cls.messages))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    def setUp(self):
        self.assertEqual(MISSING, [], "install them with: sh tools/packages.sh test")

    def environment(self):
        return {"PATH": os.environ["PATH"] + ":/usr/sbin", "HOME": str(self.folder), "LANG": "C.UTF-8",
                **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}

    def ours(self, text):
        """The list in a file, and the messages that the simulator refuses."""
        path = self.folder / "rules.txt"
        path.write_text(text)
        report = json.loads(run(SEKISHO, "rules", "test", self.mbox, "--list", path, "--format", "json", env=self.environment()))
        self.assertEqual(report["messages"], len(self.messages))
        refused = set(report["refused_positions"])
        self.assertGreater(len(refused), 20)
        self.assertLess(len(refused), len(self.messages) - 20)
        return path, refused

    def export(self, path, form):
        return run(SEKISHO, "rules", "list", "--list", path, "--format", form, env=self.environment())

    def same(self, ours, theirs):
        for number in sorted(ours ^ theirs):
            print("ours" if number in ours else "theirs", "only:\n" + self.messages[number].decode("utf-8", "replace"), file=sys.stderr)
        self.assertEqual(ours, theirs)

    def test_sieve_decides_as_we_do(self):
        path, ours = self.ours(CONTENT)
        script = self.folder / "rules.sieve"
        script.write_text(self.export(path, "sieve"))
        # Root has no mail: the checks run as nobody. Somebody else runs them as themselves.
        user = [] if os.getuid() != 0 else ["-o", "mail_uid=65534", "-o", "mail_gid=65534"]
        theirs, mail = set(), self.folder / "one.eml"
        for number, content in enumerate(self.messages):
            mail.write_bytes(content)
            out = run("sieve-test", *user, "-o", f"mail_home={self.folder}", "-o", "mail_location=mbox:~/mail", script, mail, env=self.environment())
            self.assertIn("Performed actions", out)
            if "store message in folder: Junk" in out:
                theirs.add(number)
        self.same(ours, theirs)

    def from_line(self, content):
        header = content.decode("utf-8", "replace").split("\n\n")[0].replace("\n ", " ").split("\n")
        return next(line for line in header if line.startswith("From:"))

    def test_header_checks_decide_as_we_do(self):
        path, ours = self.ours(LIST)
        table = self.folder / "checks"
        table.write_text(self.export(path, "postfix"))
        lines = [self.from_line(content) for content in self.messages]
        theirs = set()
        for number, line in enumerate(lines):
            out = run("postmap", "-q", line, f"regexp:{table}", ok=(0, 1), env=self.environment())
            if out.startswith("REJECT"):
                theirs.add(number)
        self.same(ours, theirs)

    def test_access_decides_as_we_do_on_what_it_can_say(self):
        said = "".join(line + "\n" for line in LIST.splitlines() if not line.split()[1] in ("contains", "prefix") and "-hina" not in line)
        path, ours = self.ours(said)
        table = self.folder / "access"
        table.write_text(self.export(path, "postfix-access"))

        def answer(key):
            return run("postmap", "-q", key, f"texthash:{table}", ok=(0, 1), env=self.environment()).strip()
        theirs = set()
        cases = [(local, host) for host in HOSTS for local in LOCALS] + [("new", "elsewhere.example")] * len(bodies())
        for number, (local, host) in enumerate(cases):
            # access(5): the address, its domain, then the domains above it with a leading dot; the first answer counts.
            host = host.lower()
            parents = host.split(".")
            keys = [f"{local.lower()}@{host}", host] + ["." + ".".join(parents[i:]) for i in range(1, len(parents))]
            found = next((value for value in map(answer, keys) if value), "")
            if found == "REJECT":
                theirs.add(number)
        self.same(ours, theirs)

    def test_gmail_file_is_well_formed(self):
        from xml.etree import ElementTree
        path, _ = self.ours(LIST)
        feed = ElementTree.fromstring(self.export(path, "gmail"))
        words = [p.get("value") for p in feed.iter("{http://schemas.google.com/apps/2006}property") if p.get("name") == "hasTheWord"]
        self.assertEqual(len(words), 1)
        self.assertIn("@lamp-red.test", words[0])
        self.assertIn("-from:(@shop.box.example OR a@x.lamp-red.test)", words[0])


class Filter(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.list = self.folder / "rules.txt"
        self.list.write_text("reject domain lamp-red.test\nallow exact friend@lamp-red.test\nreject link landing.test\n")

    def tearDown(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def filter(self, mail, *arguments):
        done = subprocess.run([SEKISHO, "filter", *map(str, arguments)], input=mail, capture_output=True, timeout=60,
                              env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C"})
        return done.returncode, done.stdout

    def test_exit_code_is_the_decision(self):
        for sender, code in (("a@lamp-red.test", 10), ("friend@lamp-red.test", 0), ("a@home.example", 0)):
            self.assertEqual(self.filter(f"From: {sender}\n\nhi\n".encode(), "--rules", self.list), (code, b""))
        self.assertEqual(self.filter(b"From: a@home.example\n\nsee https://x.landing.test/\n", "--rules", self.list)[0], 10)

    def test_whatever_is_wrong_the_mail_is_accepted_and_comes_out_again(self):
        mail = b"From: a@lamp-red.test\r\n\r\n\x00\xff body\r\n"
        wrong = [["--rules", self.folder / "gone"], ["--rules", self.folder], [], ["--rules", self.list, "--unknown"],
                 ["--rules", self.list, "--config", self.folder / "gone.toml"], ["--rules", "/dev/null/x"]]
        for arguments in wrong:
            self.assertEqual(self.filter(mail, *arguments, "--output", "message"), (0, mail), arguments)
            self.assertEqual(self.filter(mail, *arguments, "--output=message"), (0, mail), arguments)
            self.assertEqual(self.filter(mail, *arguments), (0, b""), arguments)
        self.assertEqual(self.filter(mail, "--rules", self.list, "--output", "mesage")[0], 0)
        for nothing in (b"", b"\n", b"\x00" * 5000, b"From:", b"From: <>\n\n"):
            self.assertEqual(self.filter(nothing, "--rules", self.list)[0], 0)

    def test_a_broken_line_of_the_list_costs_that_line_only(self):
        self.list.write_text("reject domain yahoo.co,jp\nnonsense\nreject domain lamp-red.test\n")
        self.assertEqual(self.filter(b"From: a@lamp-red.test\n\nx\n", "--rules", self.list)[0], 10)

    def test_message_comes_out_unchanged_but_for_our_headers(self):
        for end in (b"\n", b"\r\n"):
            foreign = b"x-sekisho-rule: accept; forged" + end + b"\tand continued" + end + b"X-SEKISHO-Other: 1" + end
            rest = b"From: a@lamp-red.test" + end + b"Subject: a" + end + b"  b" + end + end + b"X-Sekisho-Rule: in the body" + end + b"\xff\x00 no line end"
            code, out = self.filter(foreign + rest, "--rules", self.list, "--output", "message")
            self.assertEqual(code, 10)
            own, _, after = out.partition(end)
            self.assertEqual(own, b'X-Sekisho-Rule: reject; line=1; rule="reject domain lamp-red.test"')
            self.assertEqual(after, rest)
        mbox = b"From x@y Mon Nov  2 10:00:00 2026\nFrom: a@home.example\n\nx\n"
        self.assertEqual(self.filter(mbox, "--rules", self.list, "--output", "message")[1],
                         b"From x@y Mon Nov  2 10:00:00 2026\nX-Sekisho-Rule: accept\nFrom: a@home.example\n\nx\n")

    def test_headers_only(self):
        code, out = self.filter(b"From: friend@lamp-red.test\n\nx\n", "--rules", self.list, "--output", "headers")
        self.assertEqual((code, out), (0, b'X-Sekisho-Rule: accept; line=2; rule="allow exact friend@lamp-red.test"\n'))

    def test_a_note_does_not_leave_the_list(self):
        self.list.write_text("reject domain lamp-red.test  # the man who took my money\n")
        self.assertNotIn(b"money", self.filter(b"From: a@lamp-red.test\n\nx\n", "--rules", self.list, "--output", "headers")[1])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
