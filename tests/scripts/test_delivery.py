#!/usr/bin/env python3
"""`sekisho filter` inside the programs that deliver mail: procmail, maildrop, and Dovecot's delivery agent with Sieve.
Also our Sieve export where Dovecot really delivers.

usage: test_delivery.py SEKISHO SOURCE_DIR
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SEKISHO = os.path.abspath(sys.argv[1])
PLACES = os.environ["PATH"] + ":/usr/sbin:/usr/lib/dovecot"
MISSING = [tool for tool in ("procmail", "maildrop", "dovecot-lda") if shutil.which(tool, path=PLACES) is None]
REJECTED = b"From: Taro <a1@lamp-red.test>\nX-Sekisho-Rule: accept; forged\nSubject: one\n\nbody\n"
WANTED = b"From: friend@home.example\nx-sekisho-rule: reject; forged\nSubject: two\n\nbody\n"
BY_LINK = b"From: new@home.example\nSubject: three\n\nsee https://www.landing.test/a\n"


class Delivery(unittest.TestCase):
    def setUp(self):
        self.assertEqual(MISSING, [], "install them with: sh tools/packages.sh test")
        self.held = tempfile.TemporaryDirectory()
        self.folder = Path(self.held.name)
        self.home = self.folder / "home"
        self.home.mkdir()
        os.chmod(self.folder, 0o755)
        self.list = self.folder / "rules.txt"
        self.list.write_text("reject domain lamp-red.test\nreject link landing.test\n")
        # Delivery agents refuse to work for root: as root they run as nobody.
        self.user = {}
        if os.getuid() == 0:
            self.user = {"user": 65534, "group": 65534, "extra_groups": []}
            os.chown(self.home, 65534, 65534)

    def tearDown(self):
        self.held.cleanup()

    def deliver(self, command, mail):
        environment = {"PATH": PLACES, "HOME": str(self.home), "USER": "nobody", "LOGNAME": "nobody", "LANG": "C.UTF-8",
                       **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}
        done = subprocess.run([str(part) for part in command], input=mail, capture_output=True, timeout=120, cwd=self.home,
                              env=environment, **self.user)
        self.assertEqual(done.returncode, 0, (command, done.stdout[-500:], done.stderr[-1500:]))

    def put(self, name, content, mode=0o644):
        path = self.folder / name
        path.write_text(content)
        os.chmod(path, mode)
        if self.user and mode == 0o600:
            os.chown(path, 65534, 65534)
        return path

    def mails(self, *folders):
        """Whole messages in the `new` of Maildir folders below the home; some agents end them with a blank line."""
        return sorted(path.read_bytes().rstrip(b"\n") + b"\n" for folder in folders for path in (self.home / folder / "new").glob("*"))

    def deliver_all(self, command):
        for mail in (REJECTED, WANTED, BY_LINK):
            self.deliver(command, mail)

    def test_procmail_by_exit_code(self):
        rc = self.put("rc", f"SHELL=/bin/sh\nMAILDIR={self.home}\nDEFAULT={self.home}/Maildir/\n"
                            f":0 HB\n* ! ? {SEKISHO} filter --rules {self.list}\nJunk/\n")
        self.deliver_all(["procmail", "-m", rc])
        self.assertEqual(self.mails("Maildir"), [WANTED])
        self.assertEqual(self.mails("Junk"), sorted([REJECTED, BY_LINK]))

    def test_procmail_with_our_header_and_without_forged_ones(self):
        rc = self.put("rc", f"SHELL=/bin/sh\nMAILDIR={self.home}\nDEFAULT={self.home}/Maildir/\n"
                            f":0 fw\n| {SEKISHO} filter --rules {self.list} --output message; exit 0\n\n"
                            ":0\n* ^X-Sekisho-Rule: reject\nJunk/\n")
        self.deliver_all(["procmail", "-m", rc])
        self.assertEqual(self.mails("Maildir"), [b"X-Sekisho-Rule: accept\n" + WANTED.replace(b"x-sekisho-rule: reject; forged\n", b"")])
        junk = self.mails("Junk")
        self.assertEqual(len(junk), 2)
        for mail in junk:
            self.assertTrue(mail.startswith(b"X-Sekisho-Rule: reject; line="))
            self.assertNotIn(b"forged", mail)

    def test_procmail_keeps_everything_when_the_list_is_gone(self):
        rc = self.put("rc", f"SHELL=/bin/sh\nMAILDIR={self.home}\nDEFAULT={self.home}/Maildir/\n"
                            f":0 HB\n* ! ? {SEKISHO} filter --rules {self.folder}/gone\nJunk/\n")
        self.deliver_all(["procmail", "-m", rc])
        self.assertEqual(self.mails("Maildir"), sorted([REJECTED, WANTED, BY_LINK]))

    def test_maildrop_by_exit_code(self):
        for name in ("Maildir", "Maildir/.Junk"):
            for part in ("", "cur", "new", "tmp"):
                path = self.home / name / part
                path.mkdir(exist_ok=True)
                if self.user:
                    os.chown(path, 65534, 65534)
        rules = self.put("mailfilter", f'SHELL="/bin/sh"\nDEFAULT="{self.home}/Maildir"\n`{SEKISHO} filter --rules {self.list}`\n'
                                       f'if ($RETURNCODE == 10)\n{{\n  to "{self.home}/Maildir/.Junk"\n}}\n', 0o600)
        self.deliver_all(["maildrop", rules])
        self.assertEqual(self.mails("Maildir"), [WANTED])
        self.assertEqual(self.mails("Maildir/.Junk"), sorted([REJECTED, BY_LINK]))

    def dovecot(self, script, more=""):
        sieve = self.folder / "sieve"
        sieve.mkdir(mode=0o777)
        os.chmod(sieve, 0o777)
        (sieve / "rules.sieve").write_text(script)
        return self.put("dovecot.conf", f"""protocols =
log_path = {self.home}/log
mail_location = maildir:{self.home}/Maildir
base_dir = {self.folder}/run
state_dir = {self.folder}/run
ssl = no
lda_mailbox_autocreate = yes
postmaster_address = postmaster@home.example
protocol lda {{
  mail_plugins = sieve
}}
plugin {{
  sieve = file:{sieve}/rules.sieve
  {more}
}}
""")

    def test_dovecot_asks_the_filter(self):
        programs = self.folder / "bin"
        programs.mkdir()
        self.put("bin/rules", f"#!/bin/sh\nexec {SEKISHO} filter --rules {self.list}\n", 0o755)
        config = self.dovecot('require ["fileinto", "vnd.dovecot.execute"];\nif not execute :pipe "rules" {\n  fileinto "Junk";\n}\n',
                              f"sieve_plugins = sieve_extprograms\n  sieve_extensions = +vnd.dovecot.execute\n  sieve_execute_bin_dir = {programs}")
        self.deliver_all(["dovecot-lda", "-c", config])
        self.assertEqual(self.mails("Maildir"), [WANTED])
        self.assertEqual(self.mails("Maildir/.Junk"), sorted([REJECTED, BY_LINK]))

    def test_dovecot_delivers_by_our_sieve(self):
        script = subprocess.run([SEKISHO, "rules", "list", "--list", str(self.list), "--format", "sieve"], capture_output=True, check=True,
                                env={"PATH": PLACES, "HOME": str(self.home)}).stdout.decode()
        config = self.dovecot(script)
        self.deliver_all(["dovecot-lda", "-c", config])
        self.assertEqual(self.mails("Maildir"), [WANTED])
        self.assertEqual(self.mails("Maildir/.Junk"), sorted([REJECTED, BY_LINK]))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
