#!/usr/bin/env python3
"""The built program from outside: inputs, exit codes, languages, what reaches a terminal.

usage: program_test.py SEKISHO SOURCE_DIR
"""
import collections
import fcntl
import json
import math
import os
import pty
import re
import select
import socket
import subprocess
import sys
import tempfile
import termios
import time
import struct
import unittest
from pathlib import Path

SEKISHO, SOURCE = sys.argv[1], Path(sys.argv[2])
SAMPLES = SOURCE / "samples"
ANSWERS = {"nothing_found": 0, "scam": 10, "cannot_tell": 11}
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"

MAIL = """From: =?UTF-8?B?44Oa44Oz?= <pen@shop.example>
To: reader@home.example
Subject: {subject}
Date: Mon, 2 Nov 2026 10:00:00 +0900
Message-ID: <1@shop.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8

{body}
"""

Run = collections.namedtuple("Run", "code out err raw_out raw_err")


def environment(**changes):
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C", "TERM": "xterm"}
    for keep in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"):
        if keep in os.environ:
            env[keep] = os.environ[keep]
    env.update(changes)
    return {k: v for k, v in env.items() if v is not None}


def run(*arguments, stdin=b"", **env):
    done = subprocess.run([SEKISHO, *map(os.fsencode, arguments)], input=stdin, capture_output=True, env=environment(**env), timeout=120)
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode(), done.stdout, done.stderr)


def on_terminal(*arguments, keys=b"", columns=80, **env):
    """Runs on a pseudo terminal; everything that would appear on it."""
    pid, fd = pty.fork()
    if pid == 0:
        try:
            os.execve(SEKISHO, [SEKISHO, *arguments], environment(**env))
        finally:
            os._exit(127)  # never back into the tests, in a second process
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    if keys:
        time.sleep(0.3)
        os.write(fd, keys)
    seen = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        ready, _, _ = select.select([fd], [], [], 1)
        if not ready:
            continue
        try:
            more = os.read(fd, 65536)
        except OSError:
            break
        if not more:
            break
        seen += more
    _, status = os.waitpid(pid, 0)
    os.close(fd)
    return os.waitstatus_to_exitcode(status), seen


class Case(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.folder = Path(self._folder.name)

    def put(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def mail(self, name="mail.eml", subject="Hello", body="See you at noon."):
        return self.put(name, MAIL.format(subject=subject, body=body))

    def lines(self, done):
        return [json.loads(line) for line in done.out.splitlines()]

    def no_crash(self, done):
        self.assertIn(done.code, (0, 10, 11, 64, 65, 66, 78), done.err)


class Inputs(Case):
    def test_every_sample_is_judged_and_the_exit_code_is_its_verdict(self):
        for sample in sorted(SAMPLES.glob("*.eml"))[:6]:
            done = run("check", "--format", "json", sample)
            record, = self.lines(done)
            self.assertEqual(done.code, ANSWERS[record["verdict"]], sample)
            self.assertEqual(done.err, "")

    def test_the_worst_verdict_wins(self):
        samples = sorted(SAMPLES.glob("*.eml"))
        done = run("check", "--format", "json", *samples)
        verdicts = {record["verdict"] for record in self.lines(done)}
        worst = "scam" if "scam" in verdicts else "cannot_tell" if "cannot_tell" in verdicts else "nothing_found"
        self.assertEqual(done.code, ANSWERS[worst])

    def test_missing_file(self):
        done = run("check", self.folder / "gone.eml")
        self.assertEqual(done.code, 66)
        self.assertEqual(done.out, "")
        self.assertTrue(done.err.startswith(f"sekisho: {self.folder}/gone.eml: "), done.err)
        self.assertEqual(len(done.err.splitlines()), 2, "a hint on the next line")

    def test_empty_file_and_empty_standard_input(self):
        self.assertEqual(run("check", self.put("empty.eml", b"")).code, 65)
        self.assertEqual(run("check", "-", stdin=b"").code, 65)
        self.assertEqual(run("check", stdin=b" \n\r\n\t").code, 65)

    def test_binary_file_is_named_for_what_it_is(self):
        done = run("check", self.put("photo.eml", PNG + bytes(range(256)) * 20))
        self.assertEqual(done.code, 65)
        self.assertIn("picture", done.err)

    def test_file_over_the_limit_is_refused_without_reading_it(self):
        path = self.folder / "huge.eml"
        with open(path, "wb") as file:
            file.write(MAIL.format(subject="x", body="y").encode())
            file.truncate(2 << 30)
        began = time.monotonic()
        done = run("check", path)
        self.assertEqual(done.code, 66)
        self.assertLess(time.monotonic() - began, 30)

    def test_special_files_are_refused_when_named(self):
        fifo = self.folder / "pipe"
        os.mkfifo(fifo)
        self.assertEqual(run("check", fifo).code, 66)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(self.folder / "socket"))
            self.assertEqual(run("check", self.folder / "socket").code, 66)

    def test_special_files_and_loops_are_passed_over_in_a_folder(self):
        self.mail("in/a.eml")
        os.mkfifo(self.folder / "in" / "pipe")
        os.symlink(self.folder / "in", self.folder / "in" / "again")
        done = run("check", "--format", "json", self.folder / "in")
        self.assertEqual([Path(r["input"]).name for r in self.lines(done)], ["a.eml"])

    def test_link_to_itself(self):
        os.symlink(self.folder / "loop", self.folder / "loop")
        self.assertEqual(run("check", self.folder / "loop").code, 66)

    def test_folder_without_mail(self):
        (self.folder / "none").mkdir()
        done = run("check", self.folder / "none")
        self.assertEqual(done.code, 66)
        self.assertNotEqual(done.err, "")

    def test_one_bad_input_does_not_stop_the_others(self):
        good, png, after = self.mail("a.eml"), self.put("b.png", PNG * 9), self.mail("c.eml")
        done = run("check", "--format", "json", good, png, self.folder / "gone", after)
        records = self.lines(done)
        self.assertEqual([Path(r["input"]).name for r in records], ["a.eml", "b.png", "gone", "c.eml"])
        self.assertEqual([r["error"] and r["error"]["code"] for r in records], [None, "not_mail", "unreadable", None])
        self.assertIsNone(records[1]["verdict"])
        self.assertEqual(done.code, 66)
        self.assertEqual(set(records[0]), set(records[1]), "the same fields, with and without a verdict")

    def test_mbox_folder_and_standard_input(self):
        separator = "From pen@shop.example Mon Nov  2 10:00:00 2026\n"
        mbox = "".join(separator + MAIL.format(subject=f"number {i}", body="x\n") + "\n" for i in range(3))
        self.put("box/one.mbox", mbox)
        self.mail("box/two.eml")
        done = run("check", "--format", "json", self.folder / "box")
        self.assertEqual([(Path(r["input"]).name, r["index"]) for r in self.lines(done)], [("one.mbox", 0), ("one.mbox", 1), ("one.mbox", 2), ("two.eml", 0)])
        from_stdin = run("check", "--format", "json", "-", stdin=mbox.encode())
        self.assertEqual([(r["input"], r["index"]) for r in self.lines(from_stdin)], [("-", 0), ("-", 1), ("-", 2)])

    def test_standard_input_is_recognised_and_as_overrules(self):
        mail = MAIL.format(subject="Hello", body="See you.").encode()
        pasted = "件名：無料期間の終了について\n差出人：サービス係\n\n" + "本日中にお手続きください。\n" * 20
        sms = "お荷物のお届けにあがりましたが不在の為持ち帰りました。"
        for text, kind in ((mail, "mail"), (pasted.encode(), "pasted"), (sms.encode(), "sms")):
            self.assertEqual(self.lines(run("check", "--format=json", stdin=text))[0]["kind_of_input"], kind)
            for forced in ("mail", "pasted", "sms"):
                self.assertEqual(self.lines(run("check", "--format=json", "--as", forced, stdin=text))[0]["kind_of_input"], forced)

    def test_japanese_file_name_and_a_name_that_is_not_utf8(self):
        self.mail("請求書.eml")
        os.rename(os.fsencode(self.mail("x.eml")), os.fsencode(self.folder) + b"/bad\xff.eml")
        done = run("check", "--format", "json", self.folder)
        self.assertEqual(sorted(Path(r["input"]).name for r in self.lines(done)), ["bad\ufffd.eml", "請求書.eml"])

    def test_a_file_named_like_a_command(self):
        self.mail("doctor")
        done = subprocess.run([SEKISHO, "check", "--format", "json", "doctor"], cwd=self.folder, capture_output=True, env=environment())
        self.assertEqual(json.loads(done.stdout)["input"], "doctor")

    def test_a_file_that_begins_with_a_hyphen(self):
        self.mail("-x.eml")
        done = subprocess.run([SEKISHO, "check", "--format", "json", "--", "-x.eml"], cwd=self.folder, capture_output=True, env=environment())
        self.assertEqual(json.loads(done.stdout)["input"], "-x.eml")

    def test_order_and_content_do_not_depend_on_jobs(self):
        for i in range(60):
            self.mail(f"m{i:02}.eml", subject=f"number {i}", body="word " * (4000 if i % 7 == 0 else 3))
        one = run("check", "--format", "json", "--jobs", "1", self.folder)
        many = run("check", "--format", "json", "--jobs", "8", self.folder)
        self.assertEqual(len(one.out.splitlines()), 60)
        self.assertEqual(one.out, many.out)

    def test_full_disk_is_noticed(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([SEKISHO, "check", self.mail()], stdout=full, stderr=subprocess.PIPE, env=environment())
        self.assertEqual(done.returncode, 70)


class JsonReport(Case):
    FIELDS = {"schema", "input", "index", "kind_of_input", "verdict", "score", "log_odds", "bias", "thresholds", "scam_kind", "brand", "parts", "reasons",
              "silenced", "would_settle", "next", "nearest", "hosts", "links", "defects", "budget", "error", "versions"}

    def test_fields_sum_and_quotes(self):
        done = run("check", "--format", "json", *sorted(SAMPLES.glob("*.eml")))
        for record in self.lines(done):
            self.assertEqual(set(record), self.FIELDS)
            self.assertEqual(record["schema"], "sekisho.check/1")
            log_odds = record["bias"]
            for reason in record["reasons"]:
                log_odds += reason["weight"]
            self.assertEqual(log_odds, record["log_odds"])
            self.assertAlmostEqual(record["score"], 1 / (1 + math.exp(-log_odds)), places=12)
            self.assertNotEqual(record["next"], [])
            for reason in record["reasons"]:
                for quote in reason["quotes"]:
                    text = record["parts"][quote["part"]]["text"].encode()
                    self.assertEqual(text[quote["start"]:quote["end"]].decode(), quote["text"])
                self.assertEqual(reason["absent"], "scope" in reason)
                self.assertTrue(reason["title"] and reason["explanation"] and reason["how_to_check"])
            self.assertRegex(record["versions"]["model"], r"^sekisho-[0-9-]+-[0-9a-f]{12}$")
            self.assertNotIn("?", [record["next"][0], *record["would_settle"]])

    def test_documented_fields_are_the_fields(self):
        documented = set(re.findall(r"^\| `(\w+)` \| .* \| .* \|$", (SOURCE / "docs/formats/check.md").read_text(), re.M))
        self.assertEqual(documented, self.FIELDS)

    def test_every_defect_is_documented(self):
        source = (SOURCE / "src/message/message.h").read_text()
        names = re.findall(r"\w+", re.search(r"enum class Defect[^{]*{(.*?)}", source, re.S).group(1))
        documented = (SOURCE / "docs/formats/check.md").read_text()
        self.assertGreater(len(names), 30)
        self.assertEqual([name for name in names if f"`{name}`" not in documented], [])

    def test_broken_bytes_still_give_valid_utf8(self):
        broken = b"From: \xff\xfe <a@b.example>\nSubject: \xc3\x28\x80 \xed\xa0\x80\nContent-Type: text/plain; charset=utf-8\n\n\xf0\x9f body \xff\n"
        record, = self.lines(run("check", "--format", "json", self.put("b.eml", broken)))
        self.assertIsNotNone(record["verdict"])


class Language(Case):
    def sentence(self, **env):
        return run("check", self.mail(), **env).out.splitlines()[0]

    def test_locale_chooses(self):
        japanese = re.compile("[\u3040-\u30ff]")
        self.assertRegex(self.sentence(LANG="ja_JP.UTF-8"), japanese)
        self.assertRegex(self.sentence(LC_ALL="ja"), japanese)
        for env in ({"LANG": "C"}, {"LANG": None}, {"LANG": "de_DE.UTF-8"}, {"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, {"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}):
            self.assertNotRegex(self.sentence(**env), japanese, env)
        self.assertNotRegex(self.sentence(LC_ALL="", LANG="en_GB.UTF-8"), japanese)

    def test_option_beats_settings_beat_locale(self):
        self.put("config/sekisho/sekisho.toml", 'lang = "ja"\n')
        config = str(self.folder / "config")
        self.assertIn("しるし", run("check", "--help", XDG_CONFIG_HOME=config).out)
        self.assertIn("Usage", run("check", "--help", "--lang", "en", XDG_CONFIG_HOME=config).out)

    def test_what_went_wrong_is_said_in_japanese(self):
        """Each line of a complaint, without names of files, options and quoted words, has Japanese and no English sentence."""
        self.put("empty.eml", "")
        self.put("picture.eml", PNG)
        self.put("key.toml", 'lng = "ja"\n')
        self.put("kind.toml", "lang = 3\n")
        self.put("word.toml", 'color = "allways"\n')
        self.put("form.toml", "lang ja\n")
        self.put("card/signs/f/a.yaml", "id: a\nstrenght: weak\n")
        self.put("brand/brands.yaml", "brands:\n- {id: a, name_ja: あ, category: shop}\n")
        self.put("phrase/phrases/a.yaml", "own:\n  what: own\n  en: [Hurry]\n")
        self.put("nothing/README", "")
        mail = self.mail()
        for arguments, code in ((["gone"], 66), (["empty.eml"], 65), (["picture.eml"], 65), (["/dev/null"], 66), ([mail, "--config", "gone"], 78),
                                *(([mail, "--config", f"{name}.toml"], 78) for name in ("key", "kind", "word", "form")),
                                *(([mail, "--knowledge", name], 78) for name in ("gone", "card", "brand", "phrase", "nothing")),
                                (["--format", "jsn"], 64), (["--jobs", "x"], 64), (["--colour"], 64), (["--as", "letter"], 64), (["--config"], 64)):
            done = subprocess.run([SEKISHO, "check", "--lang", "ja", *arguments], cwd=self.folder, input=b"", capture_output=True, env=environment())
            complaint = done.stderr.decode()
            self.assertEqual(done.returncode, code, (arguments, complaint))
            lines = complaint.splitlines()
            self.assertEqual(len(lines), 2, complaint)
            for line in lines:
                bare = re.sub(r"^sekisho: |「[^」]*」|\"[^\"]*\"|[\w./-]+\.(toml|yaml|eml):?(\d+:)?|--\w+", "", line)
                self.assertRegex(bare, r"[ぁ-ん]", line)
                self.assertNotRegex(bare, r"\b(is|not|must|the|cannot|expected|unknown|missing|one of)\b", line)

    def test_json_names_what_happened_in_every_language_and_says_it_in_one(self):
        for lang, says in (("ja", "ありません"), ("en", "no such file")):
            record, = self.lines(run("check", "--format", "json", "--lang", lang, self.folder / "gone"))
            self.assertEqual((record["error"]["code"], record["error"]["id"]), ("unreadable", "input.missing"))
            self.assertIn(says, record["error"]["what"])

    def test_help_names_every_option_in_both_languages(self):
        options = {"check": ["--as", "--format", "--color", "--jobs", "--verbose", "--stats"], "explain": ["--format", "--color", "--names"],
                   "examples": ["--format", "--color", "--names"],
                   "doctor": ["--format", "--color"], "completion": []}
        for lang in ("ja", "en"):
            self.assertEqual(run("--help", "--lang", lang).code, 0)
            for command, names in options.items():
                done = run(command, "--help", "--lang", lang)
                self.assertEqual(done.code, 0)
                for name in names + ["--lang", "--knowledge", "--config", "--state", "--help"]:
                    self.assertIn(name, done.out, (command, lang))
                for line in done.out.splitlines():
                    self.assertLess(len(line), 100)

    def test_every_sentence_that_the_program_asks_for_is_in_the_words_and_the_reverse(self):
        known, path = set(), []
        texts = [(SOURCE / "knowledge" / name).read_text() for name in ("words_app.yaml", "words_gallery.yaml")]
        for line in "\n".join(texts).splitlines():
            key = re.match(r"( *)([a-z_]+):", line)
            if not key or len(key[1]) > 2 * len(path):
                continue
            path = path[:len(key[1]) // 2] + [key[2]]
            if key[2] == "ja":
                known.add(".".join(path[:-1]))
        asked = set()
        for source in [*(SOURCE / "src/app").glob("*.cc"), *(SOURCE / "src/report").glob("*.cc")]:
            asked |= set(re.findall(r'"(app\.[a-z_.{}]+)"', source.read_text()))
        patterns = {key: re.compile(re.escape(key).replace(r"\{\}", "[a-z_]+") + ("[a-z_]+" if key.endswith(".") else "")) for key in asked}
        self.assertGreater(len(known), 60)
        self.assertEqual([key for key, pattern in patterns.items() if not any(pattern.fullmatch(name) for name in known)], [])
        self.assertEqual([name for name in known if not any(pattern.fullmatch(name) for pattern in patterns.values())], [])

    def test_errors_in_japanese_speak_japanese_first(self):
        done = run("check", self.folder / "gone", LANG="ja_JP.UTF-8")
        self.assertRegex(done.err.splitlines()[0], "ファイルがありません")
        self.assertRegex(done.err.splitlines()[1], "確かめて")


class ForPeople(Case):
    def test_one_message_is_answered_in_full_and_many_in_a_line_each(self):
        one = run("check", SAMPLES / "story-00-lure-free-period.eml")
        self.assertRegex(one.out.splitlines()[0], r"^\[[!?-]\] ")
        self.assertIn("What to do next", one.out)
        self.assertNotIn("log-odds", one.out)
        many = run("check", *sorted(SAMPLES.glob("*.eml")))
        self.assertEqual(sum(line.startswith("[") for line in many.out.splitlines()), len(list(SAMPLES.glob("*.eml"))))
        self.assertIn(f"{len(list(SAMPLES.glob('*.eml')))} in all", many.out)

    def test_a_single_good_one_among_bad_ones_is_answered_in_full(self):
        done = run("check", self.folder / "gone", self.mail(), self.put("x.png", PNG))
        self.assertIn("What to do next", done.out)

    def test_verbose_shows_the_sum(self):
        done = run("check", "--verbose", SAMPLES / "story-00-lure-free-period.eml")
        self.assertIn("log-odds", done.out)
        self.assertIn("model sekisho-", done.out)

    def test_nothing_found_never_promises_safety(self):
        for lang, never, must in (("en", r"(?<!not )(is safe|genuine message)", "no promise"), ("ja", "安全です", "約束ではありません")):
            out = run("check", "--lang", lang, self.mail()).out
            if not out.startswith("[-]"):
                continue
            self.assertNotRegex(out.replace("no promise that it is safe", ""), never)
            self.assertIn(must, out)

    def test_lines_fit_in_eighty_columns(self):
        import unicodedata
        for lang in ("ja", "en"):
            for sample in sorted(SAMPLES.glob("story-*.eml"))[:4]:
                for line in run("check", "--lang", lang, sample).out.splitlines():
                    width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
                    self.assertLessEqual(width, 80, line)

    def test_colour_only_where_asked_or_on_a_terminal(self):
        mail = str(self.mail())
        self.assertNotIn(b"\x1b", run("check", mail).raw_out)
        self.assertIn(b"\x1b[1", run("check", "--color", "always", mail).raw_out)
        self.assertIn(b"\x1b[1", on_terminal("check", mail)[1])
        self.assertNotIn(b"\x1b[1", on_terminal("check", mail, NO_COLOR="1")[1])
        self.assertIn(b"\x1b[1", on_terminal("check", mail, NO_COLOR="")[1])
        self.assertNotIn(b"\x1b[1", on_terminal("check", mail, TERM="dumb")[1])
        self.assertNotIn(b"\x1b[1", on_terminal("check", "--color", "never", mail)[1])
        self.assertNotIn(b"\x1b", run("check", "--format", "json", "--color", "always", mail).raw_out)

    def test_a_terminal_is_asked_to_paste(self):
        text = MAIL.format(subject="Hello", body="See you.").replace("\n", "\r").encode()
        code, seen = on_terminal("check", "--lang", "en", keys=text + b"\r\x04")
        self.assertIn(b"Ctrl-D", seen)
        self.assertIn(code, (0, 10, 11))
        self.assertIn("標準入力".encode(), on_terminal("check", "--lang", "ja", keys=text + b"\r\x04")[1])

    def test_progress_on_a_terminal_when_there_are_many(self):
        separator = "From pen@shop.example Mon Nov  2 10:00:00 2026\n"
        self.put("many/all.mbox", (separator + MAIL.format(subject="number", body="word " * 1500) + "\n") * 3000)
        _, seen = on_terminal("check", str(self.folder / "many"))
        self.assertRegex(seen, rb"\[#*\.*\] \d+%  \d+ messages  \d+:\d\d left")
        self.assertTrue(seen.rstrip().endswith(b"safe."), seen[-200:])
        self.assertEqual(run("check", self.folder / "many").err, "")

    def test_stats_go_to_standard_error(self):
        done = run("check", "--stats", "--format", "json", self.mail())
        self.assertEqual(len(done.out.splitlines()), 1)
        self.assertRegex(done.err, r"stats: messages 1 .*peak_resident_MB \d")


class HostileText(Case):
    EVIL = ("\x1b]0;owned\x07\x1b[2J\x1b[31m \x9b31m \u202egpj.exe\u202c \u2066x\u2069 zero\u200bwidth \ufeff\u2028line \x00 \x7f "
            "http://evil.example/a http://203.0.113.9/b https://例え.example/ www.evil.example mailto:a@evil.example ftp://evil.example/ 緊急 本日中 口座 停止 確認")
    FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
    LIVE = re.compile(r"https?://|ftp://|mailto:|www\.\w|evil\.example|203\.0\.113\.9")

    def clean(self, text):
        self.assertNotRegex(text, self.FORBIDDEN)
        self.assertNotRegex(text, self.LIVE)

    def evil_mail(self, name="mail.eml"):
        import base64
        word = "=?UTF-8?B?" + base64.b64encode(self.EVIL.encode()).decode() + "?="
        mail = (f"From: {word} <a@evil.example>\r\nReply-To: {word} <b@evil.example>\r\nTo: {word} <c@home.example>\r\nSubject: {word}\r\n"
                f"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
                f"Content-Transfer-Encoding: base64\r\n\r\n{base64.b64encode((self.EVIL + chr(10)).encode() * 3).decode()}\r\n--b\r\n"
                f"Content-Type: application/octet-stream; name=\"{word}.exe\"\r\nContent-Disposition: attachment; filename=\"{word}.exe\"\r\n\r\nMZ\r\n--b--\r\n")
        return self.put(name, mail)

    def test_nothing_of_a_mail_acts_on_the_terminal(self):
        path = self.evil_mail()
        for arguments in ((), ("--verbose",)):
            for lang in ("ja", "en"):
                done = run("check", *arguments, "--lang", lang, path)
                self.assertIn(done.code, (0, 10, 11))
                self.clean(done.out + done.err)
                self.assertIn("‹U+009B›", done.out)
                self.assertIn("‹U+202E›", done.out)
                self.assertIn("evil[.]example", done.out)
        self.evil_mail("two.eml")
        done = run("check", self.folder)
        self.clean(done.out + done.err)

    def test_the_same_pasted_and_as_short_message(self):
        text = f"件名: {self.EVIL}\n差出人: {self.EVIL}\n\n{self.EVIL}\n".replace("\x00", "").encode()
        for kind in ("pasted", "sms"):
            done = run("check", "--verbose", "--as", kind, stdin=text)
            self.clean(done.out + done.err)

    def test_file_name_that_repaints_the_screen(self):
        path = self.mail("a\x1b[2J\u202egpj\nx.eml")
        done = run("check", path)
        self.assertNotRegex(done.out, self.FORBIDDEN)
        self.assertIn("‹U+001B›", done.out)
        for argument in ("gone\x1b[2J\u202e", "--opt\x1b]0;x\x07"):
            self.assertNotRegex(run("check", argument).err, self.FORBIDDEN)

    def test_json_escapes_controls(self):
        done = run("check", "--format", "json", self.evil_mail())
        self.assertNotRegex(done.out, "[\x00-\x09\x0b-\x1f]")
        json.loads(done.out)


class Usage(Case):
    def refused(self, *arguments, says=()):
        done = run(*arguments)
        self.assertEqual(done.code, 64, (arguments, done.err))
        self.assertEqual(done.out, "")
        self.assertTrue(done.err.startswith("sekisho: ") or "Usage" in done.err, done.err)
        for word in says:
            self.assertIn(word, done.err)

    def test_wrong_use(self):
        mail = str(self.mail())
        self.refused()
        self.refused("chek", mail, says=["'chek'", "did you mean 'check'"])
        self.refused(mail, says=["sekisho check"])
        self.refused("check", "--verbos", mail, says=["--verbos", "--verbose"])
        self.refused("check", "--format", "xml", mail, says=["text", "json"])
        self.refused("check", "--lang", "jp", mail, says=["ja"])
        self.refused("check", "--as", "pastd", mail, says=["pasted"])
        self.refused("check", "--color", "alway", mail, says=["always"])
        for jobs in ("-1", "x", "1.5", "257", ""):
            self.refused("check", "--jobs", jobs, mail)
        self.refused("check", mail, "--format")
        self.refused("doctor", "extra", says=["extra"])
        self.refused("completion", says=["bash"])
        self.refused("completion", "bsh", says=["bash"])

    def test_version(self):
        done = run("--version")
        self.assertEqual((done.code, done.err), (0, ""))
        self.assertRegex(done.out, r"^sekisho \d+\.\d+\.\d+\n$")


class SettingsFile(Case):
    def with_settings(self, text, *arguments):
        path = self.put("sekisho.toml", text)
        return run(*(arguments or ("check", str(self.mail()))), "--config", path)

    def test_wrong_settings_name_file_line_and_the_nearest_word(self):
        for text, line, words in (('lang = "ja"\nformt = "json"\n', 2, ["formt", "format"]), ("jobs = 300\n", 1, ["256"]), ("\n\njobs = \"4\"\n", 3, ["whole number"]),
                                  ('color = "alwys"\n', 1, ["always"]), ('lang = "ja\n', 1, ["quotation mark"]), ("jobs = -1\n", 1, []), ("[check]\njobs = 1\n", 1, ["check"])):
            done = self.with_settings(text)
            self.assertEqual(done.code, 78, (text, done.err))
            self.assertIn(f"sekisho.toml:{line}: ", done.err)
            for word in words:
                self.assertIn(word, done.err)

    def test_missing_or_impossible_settings_file(self):
        self.assertEqual(run("check", self.mail(), "--config", self.folder / "gone.toml").code, 78)
        self.assertEqual(run("check", self.mail(), "--config", self.folder).code, 78)
        self.assertEqual(self.with_settings("# " + "x" * 70_000).code, 78)

    def test_no_settings_file_is_no_error(self):
        self.no_crash(run("check", self.mail(), XDG_CONFIG_HOME=str(self.folder)))

    def test_settings_are_used_and_options_win(self):
        self.assertEqual(len(self.lines(self.with_settings('format = "json"\n'))), 1)
        self.assertRegex(self.with_settings('format = "json"\n', "check", str(self.mail()), "--format", "text").out, r"^\[")

    def test_doctor_says_where_each_setting_came_from(self):
        done = self.with_settings('# mine\nlang = "en"\njobs = 3\n', "doctor", "--format", "json")
        report = json.loads(done.out)
        settings = {row["name"]: row for row in report["settings"]}
        self.assertEqual(settings["jobs"]["value"], "3")
        self.assertTrue(settings["jobs"]["origin"].endswith("sekisho.toml:3"))
        self.assertEqual(settings["format"]["origin"], "--format")
        self.assertEqual(settings["color"]["origin"], "default")

    def test_broken_overrides_are_named(self):
        self.put("site/lists/mine.txt", "# what: x\nno header\n")
        done = run("check", self.mail(), "--knowledge", self.folder / "site")
        self.assertEqual(done.code, 78)
        self.assertIn("mine.txt", done.err)
        self.assertEqual(run("check", self.mail(), "--knowledge", self.folder / "gone").code, 78)


    def site(self, phrase):
        self.put("site/phrases/own.yaml", f"own_words:\n  what: words of this test\n  ja: [{phrase}]\n")
        return self.folder / "site"

    def automaton(self, *arguments, **env):
        report = json.loads(run("doctor", "--format", "json", "--knowledge", self.folder / "site", *arguments, **env).out)
        return next(row for row in report["settings"] if row["name"] == "automaton")

    def test_phrases_of_a_site_are_compiled_once_and_kept(self):
        self.site("るりいろのかばん")
        state = self.folder / "state"
        arguments = ("doctor", "--knowledge", str(self.folder / "site"), "--state", str(state), "--lang", "ja")
        self.assertIn("数秒かかります".encode(), on_terminal(*arguments)[1])
        self.assertNotIn("数秒かかります".encode(), on_terminal(*arguments)[1])
        second = self.automaton("--state", state)
        self.assertEqual(second["origin"], "read")
        kept = Path(second["value"])
        kept.write_bytes(kept.read_bytes()[:-1000])
        self.assertEqual(self.automaton("--state", state), {"name": "automaton", "value": str(kept), "origin": "made and kept"})
        self.assertEqual([p.name for p in (state / "automata").iterdir()], [kept.name])

    def test_the_state_is_where_the_environment_or_the_settings_say(self):
        self.put("site/words_own.yaml", "own:\n  words: {ja: あ, en: a}\n")
        self.assertEqual(self.automaton()["origin"], "inside the program")
        for env, says in (({"XDG_STATE_HOME": "/x/y"}, ("/x/y/sekisho", "XDG_STATE_HOME")), ({"HOME": "/home/h"}, ("/home/h/.local/state/sekisho", "HOME")),
                          ({"XDG_STATE_HOME": "relative", "HOME": "/home/h"}, ("/home/h/.local/state/sekisho", "HOME")), ({"HOME": None}, ("-", "default"))):
            rows = {row["name"]: row for row in json.loads(run("doctor", "--format", "json", **env).out)["settings"]}
            self.assertEqual((rows["state"]["value"], rows["state"]["origin"]), says)
        report = json.loads(self.with_settings('state = "here"\n', "doctor", "--format", "json").out)
        state = next(row for row in report["settings"] if row["name"] == "state")
        self.assertTrue(state["value"].endswith("/here") and state["origin"].endswith("sekisho.toml:1"), state)

    def test_overrides_reach_kinds_wrappers_and_the_scale(self):
        self.put("site/signs/scale.yaml", "bias: 9\nscam: 0.9\ncannot_tell: 0.5\nquoted_reasons: 0\n")
        record, = self.lines(run("check", "--format", "json", "--knowledge", self.folder / "site", self.mail()))
        self.assertEqual((record["bias"], record["verdict"]), (9, "scam"))
        before = json.loads(run("doctor", "--format", "json").out)["counts"]
        self.put("site/kinds.yaml", "kinds:\n- {id: own, name: {ja: 新, en: own}, what: {ja: 新, en: own}}\n")
        self.put("site/url_wrappers.yaml", "wrappers:\n- {host: own.example, kind: shortener, decode: opaque}\n")
        after = json.loads(run("doctor", "--format", "json", "--knowledge", self.folder / "site").out)["counts"]
        self.assertEqual(after["kinds_of_scam"], before["kinds_of_scam"] + 1)
        self.assertEqual(after["url_wrappers"], before["url_wrappers"] + 1)


class ExplainAndDoctor(Case):
    def test_every_sign_is_explained_in_both_languages(self):
        names = run("explain", "--names").out.split()
        self.assertGreater(len(names), 5)
        records = self.lines(run("explain", "--format", "json"))
        self.assertEqual(sorted(r["sign"] for r in records), names)
        listing = run("explain").out
        for name in names:
            self.assertIn(f"  {name}\n", listing)
        for lang in ("ja", "en"):
            done = run("explain", names[0], "--lang", lang)
            self.assertEqual(done.code, 0)
            self.assertIn(names[0], done.out)
        for fact in records[0]["facts"][:1]:
            self.assertEqual(run("explain", f"fact:{fact}").code, 0)
            self.assertIn(records[0]["sign"], json.loads(run("explain", f"fact:{fact}", "--format", "json").out)["signs"])

    def test_unknown_sign_names_the_nearest(self):
        name = run("explain", "--names").out.split()[0]
        done = run("explain", name[:-1] + "_")
        self.assertEqual(done.code, 64)
        self.assertIn(name, done.err)
        self.assertEqual(run("explain", "fact:no.such").code, 64)

    def test_doctor(self):
        done = run("doctor", "--format", "json")
        self.assertEqual(done.code, 0, done.out)
        report = json.loads(done.out)
        self.assertEqual(report["problems"], [])
        self.assertLessEqual({"sekisho", "knowledge", "model", "ICU", "libpsl", "Vectorscan"}, {row["name"] for row in report["versions"]})
        self.assertGreater(report["counts"]["brands"], 50)
        for entry in report["lists"]:
            self.assertRegex(entry["as_of"], r"^\d{4}-\d\d-\d\d$")
        self.assertEqual(run("doctor").code, 0)

    def test_doctor_reports_problems_instead_of_refusing(self):
        done = run("doctor", "--config", self.put("x.toml", "lng = 1\n"))
        self.assertEqual(done.code, 1)
        self.assertIn("x.toml:1", done.out)
        done = run("doctor", "--knowledge", self.folder / "gone")
        self.assertEqual(done.code, 1)
        self.assertIn("gone", done.out)


class Examples(Case):
    def test_without_words_every_kind_is_listed(self):
        names = run("examples", "--names").out.split()
        records = self.lines(run("examples", "--format", "json"))
        self.assertEqual([r["id"] for r in records], names)
        self.assertGreaterEqual(len({r["kind"] for r in records}), 30)
        for lang in ("ja", "en"):
            listing = run("examples", "--lang", lang).out
            for name in names:
                self.assertIn(f"  {name}  ", listing)

    def test_one_example_is_shown_with_its_marks_and_ends_with_a_next_step(self):
        for lang, mark, last in (("ja", "》[1", "#9110"), ("en", "»[1", "#9110")):
            done = run("examples", "delivery_absence", "--lang", lang)
            self.assertEqual(done.code, 0)
            self.assertIn(mark, done.out)
            self.assertIn(last, done.out.split("\n\n")[-1])
            self.assertNotIn("http://", done.out)

    def test_quotes_are_offsets_into_the_parts(self):
        for record in self.lines(run("examples", "--format", "json")):
            self.assertTrue(record["genuine"] and record["what"])
            for mark in record["marks"]:
                for quote in mark["quotes"]:
                    text = record["parts"][quote["part"]]["text"].encode()
                    self.assertEqual(text[quote["start"]:quote["end"]].decode(), quote["text"])

    def test_words_search_in_both_languages_and_a_miss_says_what_to_do(self):
        self.assertIn("delivery_absence", run("examples", "荷物", "--format", "json").out)
        self.assertIn("delivery_absence", run("examples", "PARCEL", "--format", "json").out)
        miss = run("examples", "xyzzy\x1b[31m", "--lang", "en")
        self.assertEqual(miss.code, 0)
        self.assertIn("sekisho check", miss.out)
        self.assertNotIn("\x1b", miss.out)
        self.assertEqual(run("examples", "xyzzy", "--format", "json").out, "")

    def test_check_names_the_nearest_example_and_what_differs(self):
        scam = SAMPLES / "story-00-lure-free-period.eml"
        near = json.loads(run("check", scam, "--format", "json", "--lang", "ja").out)["nearest"]
        self.assertEqual(near["kind"], "free_period_end")
        self.assertTrue(0 < near["likeness"] <= 1)
        self.assertTrue(near["shared"])
        self.assertIn(near["title"], run("check", scam, "--lang", "ja").out)
        ordinary = json.loads(run("check", self.mail(), "--format", "json").out)
        self.assertIsNone(ordinary["nearest"])

    def test_a_site_adds_its_own_example(self):
        self.put("site/gallery/own.yaml", "kind: prize\ngenuine: {ja: x, en: x}\nexamples:\n- id: our_town\n  title: {ja: 町の例, en: Our town}\n  message: 当選おめでとうございます。手数料をお支払いください。\n")
        done = run("examples", "our_town", "--knowledge", self.folder / "site", "--lang", "en")
        self.assertEqual(done.code, 0, done.err)
        self.assertIn("Our town", done.out)
        self.put("site/gallery/own.yaml", "kind: prise\n")
        done = run("examples", "--knowledge", self.folder / "site")
        self.assertEqual(done.code, 78)
        self.assertIn("own.yaml:1", done.err)


class Completion(Case):
    def test_scripts_are_those_of_the_source_and_are_understood(self):
        for shell, name in (("bash", "sekisho.bash"), ("zsh", "_sekisho"), ("fish", "sekisho.fish")):
            done = run("completion", shell)
            self.assertEqual(done.code, 0)
            self.assertEqual(done.out, (SOURCE / "completions" / name).read_text())
            for path in ("/bin", "/usr/bin"):
                if Path(path, shell).exists():
                    checked = subprocess.run([shell, "-n"], input=done.raw_out, capture_output=True)
                    self.assertEqual((checked.returncode, checked.stderr), (0, b""), shell)
                    break

    def test_bash_completes_commands_options_and_values(self):
        def complete(*words):
            script = (run("completion", "bash").out + f"\nCOMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; compopt() {{ :; }}; _sekisho; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
            return subprocess.run(["bash", "-c", script], capture_output=True, text=True).stdout.split()
        self.assertEqual(complete("sekisho", "ch"), ["check"])
        self.assertEqual(complete("sekisho", "check", "--verb"), ["--verbose"])
        self.assertEqual(complete("sekisho", "check", "--as", "p"), ["pasted"])
        self.assertEqual(complete("sekisho", "--lang", "j"), ["ja"])

    def test_every_option_of_the_help_is_completed(self):
        for command in ("check", "explain", "examples", "doctor"):
            for option in set(re.findall(r"--[a-z]+", run(command, "--help").out)):
                for name in ("sekisho.bash", "_sekisho", "sekisho.fish"):
                    script = (SOURCE / "completions" / name).read_text()
                    self.assertIn(option[2:] if name.endswith("fish") else option, script, (name, option))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
