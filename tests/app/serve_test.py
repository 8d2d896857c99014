#!/usr/bin/env python3
"""`sekisho serve` from outside, on loopback: every address against the OpenAPI document, the same answers as the commands,
who may ask, stopping, reloading, overload.

usage: serve_test.py SEKISHO SOURCE_DIR
"""
import concurrent.futures
import io
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import warnings
import zipfile
from pathlib import Path

import jsonschema

sys.path.insert(0, str(Path(__file__).parent))
from serve_server import Server, environment, quoted, status_of

SEKISHO, SOURCE = sys.argv[1], Path(sys.argv[2])
SAMPLES = sorted((SOURCE / "samples").glob("*.eml"))
DAY = "2026-11-20"
ANSWERS = {"situations": ["police_2_brand_mail"], "done": ["card"], "typed": ["card_number"], "when": DAY, "prefecture": "chiba"}
PASTE = "【重要】カードの利用を停止しました。24時間以内にこちらで確認してください https://card.example.test/login".encode()


def command(*arguments, stdin=b""):
    done = subprocess.run([SEKISHO, *arguments], input=stdin, capture_output=True, env=environment(), timeout=120)
    return done.returncode, done.stdout, done.stderr.decode()


class Api(unittest.TestCase):
    """One server for all of them."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server(SEKISHO)
        cls.document = json.loads(cls.server.get("/api/v1/openapi.json").body)
        cls.answered = set()

    @classmethod
    def tearDownClass(cls):
        code = cls.server.stop()
        assert code == 0, code
        log = "".join(cls.server.log)
        for secret in ("chiba", "police_2_brand_mail", "card.example.test", "secret-name", "q=", "lang="):
            assert secret not in log, log

    def check(self, method, path, status=200, body=None, template=None, **headers):
        """Asks, and holds the answer against the document."""
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        answer = self.server.ask(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        self.assertEqual(answer.status, status, answer.body[:500])
        template = template or path.split("?")[0]
        operation = self.document["paths"][template][method.lower()]
        described = operation["responses"].get(str(status))
        self.assertIsNotNone(described, f"{method} {template} says nothing about {status}")
        if "$ref" in described:
            described = self.document["components"]["responses"][described["$ref"].rsplit("/", 1)[1]]
        kind = answer.header("content-type").split(";")[0]
        self.assertIn(kind, described["content"])
        schema = described["content"][kind]["schema"]
        values = {"application/x-ndjson": lambda: [json.loads(l) for l in answer.body.splitlines()]}.get(kind)
        values = values() if values else [json.loads(answer.body)] if "json" in kind else [answer.body.decode()]
        for value in values:
            jsonschema.Draft202012Validator({**schema, "components": self.document["components"]}).validate(value)
        for name in ("content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "x-frame-options", "cache-control"):
            self.assertTrue(answer.header(name), f"{template} lacks {name}")
        self.assertNotIn("access-control-allow-origin", answer.headers)
        self.assertEqual(answer.header("x-content-type-options"), "nosniff")
        self.assertNotIn("unsafe", answer.header("content-security-policy"))
        self.assertIn("frame-ancestors 'none'", answer.header("content-security-policy"))
        if status == 200:
            self.answered.add((method, template))
        return answer

    def test_0_the_document_is_one(self):
        self.assertTrue(self.document["openapi"].startswith("3.1"))
        for schema in self.document["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)
        self.check("GET", "/api/v1/openapi.json")

    def test_judging_says_what_the_command_says(self):
        for sample in SAMPLES:
            mail = sample.read_bytes()
            for lang in ("ja", "en"):
                _, printed, _ = command("check", "--format", "json", "--lang", lang, "-", stdin=mail)
                answer = self.check("POST", f"/api/v1/check?lang={lang}", body=mail, Content_Type="message/rfc822")
                self.assertEqual(answer.body, printed, sample)
        plain = self.check("POST", "/api/v1/check?lang=ja-plain", body=PASTE)
        self.assertEqual(plain.body, self.check("POST", "/api/v1/check?lang=ja", body=PASTE).body)
        self.assertIn(plain.json()["kind_of_input"], ("pasted", "sms"))

    def test_a_mailbox_and_a_packed_one_are_answered_line_by_line(self):
        mails = [sample.read_bytes() for sample in SAMPLES[:3]]
        mbox = b"".join(b"From a@b.example Mon Nov 23 10:00:00 2026\n" + mail.replace(b"\r\n", b"\n") + b"\n" for mail in mails)
        answer = self.check("POST", "/api/v1/check", body=mbox, X_File_Name="a.mbox")
        self.assertEqual(answer.header("content-type"), "application/x-ndjson")
        lines = [json.loads(line) for line in answer.body.splitlines()]
        self.assertEqual([(line["input"], line["index"]) for line in lines], [("a.mbox", 0), ("a.mbox", 1), ("a.mbox", 2)])
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as to:
            for i, mail in enumerate(mails):
                to.writestr(f"mail{i}.eml", mail)
        lines = [json.loads(line) for line in self.check("POST", "/api/v1/check", body=packed.getvalue()).body.splitlines()]
        self.assertEqual([line["verdict"] for line in lines], [json.loads(self.server.post("/api/v1/check", mail).body)["verdict"] for mail in mails])

    def test_what_is_no_mail_says_so_and_what_to_do(self):
        for body in (b"", b"   ", b"\x89PNG\r\n\x1a\n" + bytes(100)):
            answer = self.check("POST", "/api/v1/check", status=422, body=body)
            self.assertIn("not_mail", answer.json()["type"])
        japanese = self.check("POST", "/api/v1/check?lang=ja", status=422, body=b"").json()
        self.assertRegex(japanese["next"], "[ぁ-ん]")

    def test_examples_and_signs_are_those_of_the_commands(self):
        _, printed, _ = command("examples", "--format", "json", "--lang", "ja")
        all_of_them = [json.loads(line) for line in printed.splitlines()]
        self.assertEqual(self.check("GET", "/api/v1/examples?lang=ja").json()["examples"], all_of_them)
        kind = all_of_them[0]["kind"]
        found = self.check("GET", f"/api/v1/examples?kind={kind}&lang=ja").json()["examples"]
        self.assertEqual(found, [one for one in all_of_them if one["kind"] == kind])
        word = quoted(all_of_them[0]["title"][:3])
        self.assertIn(all_of_them[0], self.check("GET", f"/api/v1/examples?q={word}&lang=ja").json()["examples"])
        self.assertEqual(self.check("GET", "/api/v1/examples?q=zzzzzz").json()["examples"], [])
        one = self.check("GET", f"/api/v1/examples/{all_of_them[0]['id']}?lang=ja", template="/api/v1/examples/{id}")
        self.assertEqual(one.json(), all_of_them[0])
        self.check("GET", "/api/v1/examples/none", status=404, template="/api/v1/examples/{id}")
        _, names, _ = command("explain", "--names")
        sign = names.decode().split()[0]
        _, printed, _ = command("explain", sign, "--format", "json", "--lang", "en")
        self.assertEqual(self.check("GET", f"/api/v1/signs/{sign}", template="/api/v1/signs/{id}").body, printed)
        fact = json.loads(printed)["facts"][0]
        self.check("GET", f"/api/v1/signs/fact:{fact}", template="/api/v1/signs/{id}")
        self.check("GET", "/api/v1/signs/none", status=404, template="/api/v1/signs/{id}")

    def test_the_guide_is_the_commands(self):
        for lang in ("ja", "ja-plain", "en"):
            answers = json.dumps({**ANSWERS, "lang": lang}).encode()
            _, printed, _ = command("guide", "--answers", "-", "--format", "json", "--today", DAY, stdin=answers)
            self.assertEqual(self.check("POST", f"/api/v1/guide?today={DAY}", body=answers).body, printed)
            told = "荷物が届いたというSMSのリンクを開いてカード番号を入れてしまいました".encode()
            _, printed, _ = command("guide", "--describe", told.decode(), "--register", lang, "--format", "json")
            self.assertEqual(self.check("POST", f"/api/v1/guide/describe?lang={lang}", body=told).body, printed)
            _, printed, _ = command("guide", "--handout", "police_2_brand_mail", "--register", lang, "--today", DAY)
            sheet = self.check("GET", f"/api/v1/guide/handouts/police_2_brand_mail?lang={lang}&today={DAY}", template="/api/v1/guide/handouts/{id}")
            self.assertEqual(sheet.body, printed)
            self.assertIn("style-src 'sha256-", sheet.header("content-security-policy"))
        handouts = self.check("GET", "/api/v1/guide/handouts").json()["handouts"]
        self.assertEqual({one["of"] for one in handouts}, {"situation", "draft"})
        for one in handouts:
            self.check("GET", f"/api/v1/guide/handouts/{one['id']}", template="/api/v1/guide/handouts/{id}")
        self.check("GET", "/api/v1/guide/handouts/none", status=404, template="/api/v1/guide/handouts/{id}")

    def test_the_interview_can_be_held_from_the_questions(self):
        for lang in ("ja", "ja-plain", "en"):
            asked = self.check("GET", f"/api/v1/guide/questions?lang={lang}").json()
            self.assertEqual(asked["questions"][0]["id"], "situations")
            self.assertEqual(len(asked["prefectures"]), 47)
            ids = {choice["id"] for key in ("situations", "actions", "typed", "prefectures", "carriers") for choice in asked[key]}
            for question in asked["questions"]:
                self.assertTrue(question["ask"])
                for wanted in (question["when"] or {}).values():
                    self.assertLessEqual(set(wanted), ids)

    def test_a_judged_mail_leads_to_answers(self):
        scams = [self.server.post("/api/v1/check", sample.read_bytes()).body for sample in SAMPLES]
        scams = [body for body in scams if json.loads(body)["scam_kind"]]
        self.assertTrue(scams)
        found = self.check("POST", "/api/v1/guide/from-check", body=scams[0]).json()
        self.assertEqual(len(found["situations"]), 1)
        self.check("POST", "/api/v1/guide", body=found)
        self.check("POST", "/api/v1/guide/from-check", status=400, body=b"{}")

    def test_dates_become_a_calendar(self):
        answers = {"situations": ["court_order_genuine"], "received_paper": DAY}
        answer = self.check("POST", f"/api/v1/guide/calendar?today={DAY}&lang=ja", body=answers)
        text = answer.body.decode()
        plan = self.server.post(f"/api/v1/guide?today={DAY}&lang=ja", answers).json()
        deadlines = [step["deadline"].replace("-", "") for step in plan["steps"] if step["deadline"]]
        self.assertTrue(deadlines)
        self.assertEqual(re.findall(r"DTSTART;VALUE=DATE:(\d+)\r\n", text), deadlines + [plan["next_check"]["when"].replace("-", "")])
        self.assertTrue(text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") and text.endswith("END:VCALENDAR\r\n"))
        for line in answer.body.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)
            line.decode()
        self.assertNotIn("\n", text.replace("\r\n", ""))
        self.assertEqual(text.count("BEGIN:VEVENT"), text.count("END:VEVENT"))
        self.assertIn("attachment", answer.header("content-disposition"))

    def test_drafts_all_by_name_filled_or_one(self):
        names = self.check("POST", "/api/v1/guide/drafts", body={}).json()["drafts"]
        filled = self.check("POST", f"/api/v1/guide/drafts?today={DAY}", body={**ANSWERS, "lang": "ja"}).json()["drafts"]
        self.assertTrue(0 < len(filled) < len(names))
        for draft in filled:
            self.assertIn(draft["body"], draft["text"])
        _, printed, _ = command("guide", "--draft", filled[0]["id"], "--answers", "-", "--format", "json", "--today", DAY, stdin=json.dumps({**ANSWERS, "lang": "ja"}).encode())
        one = self.check("POST", f"/api/v1/guide/drafts?today={DAY}", body={"id": filled[0]["id"], "answers": {**ANSWERS, "lang": "ja"}}).json()
        self.assertEqual({**one, **json.loads(printed)}, one)
        self.check("POST", "/api/v1/guide/drafts", status=404, body={"id": "none"})
        self.check("POST", "/api/v1/guide/drafts", status=400, body=b"[]")
        self.check("POST", "/api/v1/guide/drafts", status=400, body={"id": "relative_note", "fill": {"a": 1}})

    def test_wrong_answers_are_named(self):
        for body in (b"", b"[]", b"{", b'{"situations":"x"}', b'{"situation":[]}', b'{"situations":["police_2_brand_mai"]}', b'{"situations":["police_2_brand_mail"],"when":"tomorrow"}', b"\xff\xfe", b"[" * 100_000):
            answer = self.check("POST", "/api/v1/guide", status=400, body=body).json()
            self.assertTrue(answer["detail"] and answer["next"])
        near = self.server.post("/api/v1/guide", b'{"situation":[]}').json()
        self.assertIn("situations", near["next"])

    def test_desks_and_carriers_are_those_of_the_commands(self):
        for lang in ("ja", "ja-plain", "en"):
            _, printed, _ = command("contacts", "chiba", "--format", "json", "--register", lang)
            self.assertEqual(self.check("GET", f"/api/v1/contacts?prefecture=chiba&lang={lang}").json()["contacts"], [json.loads(l) for l in printed.splitlines()])
            _, printed, _ = command("carriers", "--format", "json", "--register", lang)
            carriers = [json.loads(line) for line in printed.splitlines()]
            self.assertEqual(self.check("GET", f"/api/v1/carriers?lang={lang}").json()["carriers"], carriers)
            one = self.check("GET", f"/api/v1/carriers/{carriers[0]['id']}?lang={lang}", template="/api/v1/carriers/{id}")
            self.assertEqual(one.json(), carriers[0])
        self.check("GET", f"/api/v1/contacts?prefecture={quoted('千葉')}")
        self.check("GET", "/api/v1/contacts?prefecture=atlantis", status=400)
        self.check("GET", "/api/v1/carriers/none", status=404, template="/api/v1/carriers/{id}")

    def test_without_a_code_a_session_is_free(self):
        self.check("POST", "/api/v1/session", body={"code": "anything"})

    def test_health_and_metrics(self):
        self.assertEqual(self.check("GET", "/api/v1/health").json()["status"], "ok")
        self.server.post("/api/v1/check", PASTE)
        text = self.check("GET", "/metrics").body.decode()
        for line in text.splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? [0-9.e+-]+)$')
        self.assertRegex(text, r'sekisho_messages_total\{answer="(scam|cannot_tell|nothing_found)"\} [1-9]')
        self.assertRegex(text, r'sekisho_requests_total\{route="/api/v1/check",status="200"\} [1-9]')

    def test_the_page_is_served_with_its_headers(self):
        page = self.server.get("/")
        self.assertEqual(page.status, 200)
        self.assertIn(b"<!doctype html>", page.body[:100].lower())
        policy = page.header("content-security-policy")
        self.assertIn("script-src 'self'", policy)
        self.assertNotIn("unsafe", policy)
        self.assertNotIn(b"<script>", page.body)
        self.assertNotIn(b" style=", page.body)
        small = self.server.get("/", Accept_Encoding="gzip")
        self.assertEqual(small.header("content-encoding"), "gzip")
        self.assertEqual(self.server.get("/", If_None_Match=page.header("etag")).status, 304)
        head = self.server.ask("HEAD", "/")
        self.assertEqual((head.status, head.body, head.header("content-length")), (200, b"", str(len(page.body))))
        for other in re.findall(rb'(?:src|href)="(/[^"#]+)"', page.body):
            self.assertEqual(self.server.get(other.decode()).status, 200, other)

    def test_other_methods_are_named(self):
        for method, path, allowed in (("PUT", "/", "GET, HEAD"), ("DELETE", "/api/v1/check", "GET, HEAD"), ("GET", "/api/v1/check", "POST"), ("POST", "/api/v1/health", "GET, HEAD"), ("OPTIONS", "/api/v1/check", "GET, HEAD"), ("TRACE", "/", "GET, HEAD")):
            answer = self.server.ask(method, path)
            self.assertEqual((answer.status, bool(answer.header("allow"))), (405, True), (method, path))

    def test_a_connection_is_used_again_and_pipelined(self):
        one = b"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        raw = self.server.raw(one * 5 + one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        self.assertEqual(raw.count(b"HTTP/1.1 200 OK"), 6)

    def test_curl_gets_an_answer_with_expect_and_chunks(self):
        with tempfile.NamedTemporaryFile() as mail:
            mail.write(b"Subject: a\r\nFrom: a@b.example\r\n\r\n" + b"hello \r\n" * 300_000)
            mail.flush()
            for extra in ([], ["-H", "Expect: 100-continue"], ["-H", "Transfer-Encoding: chunked"], ["--http1.0"]):
                done = subprocess.run(["curl", "-sS", "--max-time", "60", *extra, "--data-binary", "@" + mail.name, f"http://127.0.0.1:{self.server.port}/api/v1/check"], capture_output=True)
                self.assertEqual(json.loads(done.stdout)["schema"], "sekisho.check/1", (extra, done.stderr))

    def test_z_every_address_was_answered(self):
        described = {(method.upper(), path) for path, item in self.document["paths"].items() for method in item}
        self.assertEqual(described - self.answered, set())


class Life(unittest.TestCase):
    """Starting, stopping, reloading, codes: a server each."""

    def server(self, *arguments, **how):
        server = Server(SEKISHO, *arguments, **how)
        self.addCleanup(lambda: server.process.poll() is None and server.stop(signal.SIGKILL))
        return server

    def refused(self, *arguments):
        code, _, said = command("serve", "--lang", "en", *arguments)
        self.assertIn(code, (64, 66), said)
        self.assertGreaterEqual(len(said.strip().splitlines()), 2, "says what can be done")
        return said

    def test_others_get_in_only_with_certificate_and_code(self):
        for address in ("0.0.0.0:0", "[::]:0", "192.0.2.1:0"):
            self.assertIn("certificate", self.refused("--listen", address))
        for wrong in ("7625", "nowhere:1", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:x", ":7625"):
            self.assertIn("--listen", self.refused("--listen", wrong))
        self.assertIn("belong together", self.refused("--tls-cert", "/dev/null"))
        self.refused("--workers", "0")
        self.refused("--host", "a b")

    def test_a_taken_port_is_an_error_when_it_was_asked_for(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            self.assertIn("taken", self.refused("--listen", f"127.0.0.1:{taken.getsockname()[1]}"))

    def test_without_listen_the_next_free_port_is_found(self):
        first, second = self.server(listen=None), self.server(listen=None)
        self.assertNotEqual(first.port, second.port)
        self.assertTrue(second.alive())
        self.assertEqual(first.stop(signal.SIGINT), 0)
        self.assertEqual(second.stop(), 0)

    def test_a_stop_finishes_what_is_under_way(self):
        server = self.server()
        mail = b"Subject: a\r\nFrom: a@b.example\r\n\r\nhello\r\n"
        idle = server.connect()
        busy = server.connect()
        busy.sendall(b"POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % len(mail) + mail[:10])
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(idle.recv(10), b"", "an idle connection is closed")
        with self.assertRaises(OSError):
            time.sleep(0.3)
            server.connect(2).close()
        busy.sendall(mail[10:])
        answer = b""
        while got := busy.recv(65536):
            answer += got
        busy.close()
        idle.close()
        self.assertEqual(status_of(answer), 200)
        self.assertIn(b"Connection: close", answer)
        self.assertEqual(server.stop(how=None), 0)
        self.assertIn("sekisho serve", "".join(server.out), "says how to start again")

    def test_knowledge_is_read_again_without_dropping_a_request(self):
        with tempfile.TemporaryDirectory() as folder:
            lists = Path(folder) / "care"
            lists.mkdir()
            source = (SOURCE / "knowledge/care/carriers.yaml").read_text(encoding="utf-8")
            (lists / "carriers.yaml").write_text(source, encoding="utf-8")
            shutil.copy(SOURCE / "knowledge/kinds.yaml", folder)
            server = self.server("--knowledge", folder)
            before = server.get("/api/v1/carriers?lang=en").json()["carriers"]
            stop = []

            def ask():
                count = 0
                while not stop:
                    assert server.post("/api/v1/check", PASTE).status == 200
                    count += 1
                return count

            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                asking = [pool.submit(ask) for _ in range(4)]
                try:
                    (lists / "carriers.yaml").write_text("nonsense: [", encoding="utf-8")
                    server.process.send_signal(signal.SIGHUP)
                    self.wait_for(server, "stays")
                    self.assertEqual(server.get("/api/v1/carriers?lang=en").json()["carriers"], before)
                    self.assertIn("carriers.yaml", "".join(server.log))
                    name = before[0]["name"]
                    (lists / "carriers.yaml").write_text(source.replace(f"en: {name}", "en: Changed name"), encoding="utf-8")
                    self.wait_for(server, "is in use", 60)  # the folder is looked at; nobody signals
                    self.assertEqual(server.get("/api/v1/carriers?lang=en").json()["carriers"][0]["name"], "Changed name")
                finally:
                    stop.append(True)
                self.assertTrue(all(one.result() > 0 for one in asking))
            metrics = server.get("/metrics").body.decode()
            self.assertRegex(metrics, r"\nsekisho_reloads_refused_total [1-9]")
            self.assertRegex(metrics, r"\nsekisho_reloads_total [1-9]")
            self.assertEqual(server.stop(), 0)

    def wait_for(self, server, words, seconds=60):
        end = time.monotonic() + seconds
        while words not in "".join(server.log):
            self.assertLess(time.monotonic(), end, "".join(server.log))
            time.sleep(0.05)

    def test_tls_and_a_code_let_others_in(self):
        with tempfile.TemporaryDirectory() as folder:
            cert, key, code = (os.path.join(folder, name) for name in ("cert.pem", "key.pem", "code"))
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", cert], check=True, capture_output=True)
            Path(code).write_text("0123-4567-89AB\n")
            os.chmod(code, 0o644)
            self.assertIn("others can read", self.refused("--listen", "127.0.0.1:0", "--tls-cert", cert, "--tls-key", key, "--access-code-file", code))
            os.chmod(code, 0o600)
            server = self.server("--tls-cert", cert, "--tls-key", key, "--access-code-file", code)
            self.assertEqual(server.scheme, "https")
            curl = ["curl", "-sS", "--max-time", "30", "--cacert", cert, "-w", "\n%{http_code}"]
            base = f"https://localhost:{server.port}"

            def ask(*arguments):
                done = subprocess.run([*curl, *arguments], capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stderr)
                body, _, status = done.stdout.rpartition("\n")
                return int(status), body

            self.assertEqual(ask(base + "/")[0], 200, "the page asks for the code")
            self.assertEqual(ask(base + "/api/v1/health")[0], 200)
            for guarded in ("/api/v1/carriers", "/metrics", "/api/v1/examples"):
                self.assertEqual(ask(base + guarded)[0], 401, guarded)
            self.assertEqual(ask("--data-binary", "hello", base + "/api/v1/check")[0], 401)
            self.assertEqual(ask("-H", "Authorization: Bearer 0123456789ab", base + "/api/v1/carriers")[0], 200)
            jar = os.path.join(folder, "jar")
            self.assertEqual(ask("-c", jar, "--json", '{"code":"0123-4567-89ab"}', base + "/api/v1/session")[0], 200)
            self.assertEqual(ask("-b", jar, base + "/api/v1/carriers")[0], 200)
            self.assertIn("#HttpOnly_", Path(jar).read_text())
            self.assertEqual(ask("-c", jar, "-d", "code=0123456789AB", base + "/api/v1/session")[0], 303, "a form without a script")
            statuses = [ask("--json", '{"code":"guess"}', base + "/api/v1/session")[0] for _ in range(12)]
            self.assertEqual(statuses, [401] * 10 + [429] * 2)
            warnings.simplefilter("ignore", DeprecationWarning)
            old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
            old.maximum_version = ssl.TLSVersion.TLSv1_1
            with self.assertRaises((ssl.SSLError, OSError)):
                old.wrap_socket(server.connect(5))
            with server.connect(5) as clear:  # no TLS spoken to a TLS port
                clear.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                self.assertNotIn(b"HTTP/1.1 200", clear.recv(1000))
            self.assertEqual(ask(base + "/api/v1/health")[0], 200)
            self.assertNotIn("guess", "".join(server.log))
            self.assertEqual(server.stop(), 0)

    def test_a_phone_is_told_what_to_open_accept_and_remove(self):
        server = self.server("--phone")
        page = "".join(server.out)
        end = time.monotonic() + 10
        while "Trusted credentials" not in page and time.monotonic() < end:
            time.sleep(0.05)
            page = "".join(server.out)
        words = " ".join(page.split())
        self.assertRegex(words, r"([0-9A-F]{2}:){15}[0-9A-F]{2} ([0-9A-F]{2}:){15}[0-9A-F]{2}")
        code = re.search(r"access code: ([0-9A-Z]{5}-[0-9A-Z]{5})", words)[1]
        for said in (f":{server.port}/ca.crt ", "Certificate Trust Settings", "It cannot pose as any other site", "Remove Profile", "delete"):
            self.assertIn(said, words)
        base = f"https://127.0.0.1:{server.port}"
        ask = lambda *more: subprocess.run(["curl", "-sSk", "--max-time", "30", *more], capture_output=True)
        authority = ask(base + "/ca.crt").stdout
        self.assertIn(b"BEGIN CERTIFICATE", authority)
        self.assertNotIn(b"PRIVATE", authority)
        text = subprocess.run(["openssl", "x509", "-noout", "-text"], input=authority, capture_output=True, check=True).stdout.decode()
        self.assertIn("Name Constraints: critical", text)
        self.assertIn(b"urn:sekisho:problem:code_needed", ask(base + "/api/v1/carriers").stdout)
        self.assertIn(b"sekisho.carriers/1", ask("-H", "Authorization: Bearer " + code, base + "/api/v1/carriers").stdout)
        self.assertEqual(server.stop(), 0)

    def test_too_many_connections_are_told_so_and_room_comes_back(self):
        server = self.server()
        held = []
        try:
            for _ in range(512):
                held.append(server.connect())
            end = time.monotonic() + 20
            while time.monotonic() < end:  # until all of them were taken
                began = time.monotonic()
                with server.connect(10) as one:
                    one.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                    said = one.recv(4096)
                if status_of(said) == 503:
                    break
                time.sleep(0.1)
            self.assertEqual(status_of(said), 503)
            self.assertIn(b"Retry-After:", said)
            self.assertLess(time.monotonic() - began, 5)
        finally:
            for one in held:
                one.close()
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                if server.alive():
                    break
            except OSError:
                pass
            time.sleep(0.1)
        self.assertTrue(server.alive())
        self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
