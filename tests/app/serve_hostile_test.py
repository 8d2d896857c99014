#!/usr/bin/env python3
"""More than 200 hostile messages and requests against `sekisho serve` on loopback: each is answered cleanly, the server stays
up, its memory stays small, and no connection leaves the machine.

usage: serve_hostile_test.py SEKISHO SOURCE_DIR
"""
import base64
import gzip
import io
import json
import os
import re
import sys
import threading
import time
import unittest
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from serve_server import Server, quoted, status_of

SEKISHO, SOURCE = sys.argv[1], Path(sys.argv[2])
SANITIZED = bool(os.environ.get("ASAN_OPTIONS") or os.environ.get("TSAN_OPTIONS")) or "asan" in SEKISHO or "tsan" in SEKISHO
MEMORY_KB = 400_000
HOST = b"Host: 127.0.0.1\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"

PATHS = ["/..", "/../", "/../etc/passwd", "/../../../../etc/passwd", "/./", "/.", "//", "///etc/passwd", "//evil.example/", "/a//b", "/%2e%2e/%2e%2e/etc/passwd", "/%2e%2e%2f", "/..%2fetc%2fpasswd",
         "/..%252fetc", "/%252e%252e/", "/..%c0%af..%c0%afetc", "/%c0%ae%c0%ae/", "/..%5c..%5cwindows", "/..\\..\\windows", "/%00", "/index.html%00.png", "/index.html%0d%0aSet-Cookie:a=b", "/index.html/", "/index.html/..",
         "/api/v1/examples/..%2f..%2f", "/api/v1/examples/%2e%2e", "/api/v1/signs/../check", "/api/../api/v1/health", "/api/v1//health", "/api/v1/health/", "/API/V1/HEALTH", "/api/v2/health", "/.git/config", "/.env", "/proc/self/environ",
         "/etc/passwd", "/file:///etc/passwd", "/index.html~", "/index.html::$DATA", "/CON", "/%ff%fe", "/%", "/%4", "/%zz", "/a%", "/;/index.html", "/index.html;.css", "/api/v1/guide/handouts/..%2fcheck", "/api/v1/carriers/%3Cscript%3E", "/api/v1/signs/fact:%00"]
HOSTS = ["evil.example", "evil.example:7625", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0", "0", "2130706433", "0x7f000001", "127.1", "127.0.0.2", "[::]", "[::ffff:127.0.0.1]", "localhost.", "LOCALHOST.EVIL",
         "127.0.0.1@evil.example", "evil.example@127.0.0.1", "127.0.0.1, evil.example", "127.0.0.1 evil.example", "127.0.0.1/", "[::1", "[::1]x", ":80", "", "*", "null", "<script>", "関所", "a" * 5000]
ORIGINS = ["http://evil.example", "https://evil.example", "null", "http://127.0.0.1.evil.example", "http://127.0.0.1:1", "https://127.0.0.1", "http://localhost", "file://", "chrome-extension://abc", "http://127.0.0.1@evil.example", "data:", "*"]
FRAMINGS = [b"Content-Length: 5\r\n" + CHUNKED, CHUNKED + b"Content-Length: 5\r\n", b"Content-Length: 5\r\nContent-Length: 6\r\n", b"Content-Length: 5\r\nContent-Length: 5\r\n", b"Content-Length: 5, 5\r\n", b"Content-Length: +5\r\n",
            b"Content-Length: -5\r\n", b"Content-Length: 5 5\r\n", b"Content-Length: 0x5\r\n", b"Content-Length: 5;\r\n", b"Content-Length: 99999999999999999999\r\n", b"Content-Length : 5\r\n", b"Content-Length\r\n", b"Content-Length:\r\n",
            b"Transfer-Encoding: chunked, chunked\r\n", b"Transfer-Encoding: identity\r\n", b"Transfer-Encoding: gzip\r\n", b"Transfer-Encoding: gzip, chunked\r\n", b"Transfer-Encoding: chunked, identity\r\n", b"Transfer-Encoding:\x0bchunked\r\n",
            b"Transfer-Encoding: \x00chunked\r\n", b"Transfer-Encoding: xchunked\r\n", b"Transfer-Encoding : chunked\r\n", b" Transfer-Encoding: chunked\r\n", b"X: a\r\n Transfer-Encoding: chunked\r\n", b"X: a\r\n\tb\r\n", b"X: a\nTransfer-Encoding: chunked\r\n",
            b"X: a\rTransfer-Encoding: chunked\r\n", CHUNKED * 2, b"\r\n".join([b"Transfer-Encoding: chunked", b"transfer-encoding: identity", b""]), b"Host: evil.example\r\n", b"Expect: 200-ok\r\n", b"Content-Length: 5\r\nExpect: 100-continue, x\r\n"]
CHUNKS = [b"g\r\nhello\r\n0\r\n\r\n", b"-5\r\nhello\r\n0\r\n\r\n", b"5\nhello\r\n0\r\n\r\n", b"5\r\nhello0\r\n\r\n", b"5\r\nhelloXX0\r\n\r\n", b"0x5\r\nhello\r\n0\r\n\r\n", b"ffffffffffffffffff\r\nhello\r\n0\r\n\r\n", b"5 \x00\r\nhello\r\n0\r\n\r\n", b"\r\n\r\n",
          b"5;" + b"a=b;" * 20_000 + b"\r\nhello\r\n0\r\n\r\n", b"5\r\nhello\r\n0\r\n" + b"X: y\r\n" * 20_000 + b"\r\n", b"7fffffffffffffff\r\nhello"]
GARBAGE = [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64), b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"EHLO evil.example\r\n\r\n", b"\x00" * 100, b"\xff" * 1000 + b"\r\n\r\n", b"GET\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
           b"GET / HTTP/1.1 \r\n" + HOST + b"\r\n", b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n", b"GET / http/1.1\r\n" + HOST + b"\r\n", b"GET / HTTP/1.1\n" + b"Host: 127.0.0.1\n\n", b"GET / HTTP/1.1\r\n\r\n", b"GET http://evil.example/ HTTP/1.1\r\n" + HOST + b"\r\n",
           b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n", b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", b"GET / HTTP/1.1\r\nHost 127.0.0.1\r\n\r\n", b"GET / HTTP/1.1\r\n: x\r\n\r\n", b"G\xc3\x89T / HTTP/1.1\r\n" + HOST + b"\r\n", b"() { :; }; /bin/sh\r\n\r\n",
           b"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX\x01: y\r\n\r\n", b"A" * 10_000 + b" / HTTP/1.1\r\n" + HOST + b"\r\n"]
PAYLOADS = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<svg><script href=data:,alert(1) /></svg>", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=",
            "vbscript:msgbox(1)", "</script><script>alert(1)</script>", "\"><script>alert(1)</script>", "' onmouseover='alert(1)", "{{7*7}}${7*7}", "<iframe src=http://evil.test/></iframe>", "<base href=http://evil.test/>", "<meta http-equiv=refresh content=0;url=http://evil.test/>",
            "<form action=http://evil.test/><input name=a></form>", "<link rel=stylesheet href=http://evil.test/a.css>", "<object data=http://evil.test/></object>", "\u202eexe.gpj\u202c", "\u2066\u2067\u2068\u2069", "a\u200bb\u200cc\u200dd\ufeffe", "pay\u0440al.test", "\u2028\u2029\x85",
            "\x1b]8;;http://evil.test\x07x\x1b]8;;\x07\x1b[2J", "\x00\x01\x02\x7f", "Z" + "\u0310" * 500, "\U000e0041\U000e0042\ufff9\ufffa", "\"}],\"verdict\":\"nothing_found\",\"x\":[{\"a\":\"", "<!--#exec cmd=\"id\"-->"]
HTML = "From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n<html><body>{}</body></html>\r\n"
PLACES = {"text": lambda p: p.encode(), "subject": lambda p: f"From: a@b.example\r\nSubject: {re.sub(chr(10), ' ', p)}\r\n\r\nhello\r\n".encode(), "html": lambda p: HTML.format(p).encode(),
          "href": lambda p: HTML.format(f'<a href="{p}">{p}</a><img src="{p}">').encode(),
          "attachment": lambda p: f'From: "{p}" <a@b.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: image/svg+xml; name="{p}"\r\nContent-Disposition: attachment; filename="{p}"\r\n\r\n<svg xmlns="http://www.w3.org/2000/svg"><script>{p}</script></svg>\r\n--q--\r\n'.encode()}


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
        for name, content in entries:
            to.writestr(name, content)
    return out.getvalue()


def bombs():
    zeros = bytes(50_000_000)
    bomb = zipped([("mail.eml", zeros)])
    yield "a zip of zeros", bomb
    yield "a gzip of zeros", gzip.compress(bytes(100_000_000), 1)
    yield "a zip of bombs", zipped([(f"{i}.eml", bytes(20_000_000)) for i in range(20)])
    yield "a zip in a zip", zipped([("a.zip", bomb)])
    yield "a mail with a bomb", b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(bomb)
    yield "a zip that climbs", zipped([("../../../../tmp/sekisho_climbed.eml", b"Subject: a\r\nFrom: a@b.example\r\n\r\nhi\r\n"), ("/etc/sekisho_climbed.eml", b"Subject: b\r\nFrom: a@b.example\r\n\r\nhi\r\n"), ("a\u202elme.eml", b"Subject: c\r\nFrom: a@b.example\r\n\r\nhi\r\n")])
    yield "thousands of mails", b"".join(b"From a@b.example Mon Nov 23 10:00:00 2026\nSubject: %d\n\nhi\n\n" % i for i in range(5_000))
    yield "a damaged zip", bomb[:500] + b"\xff" * 50 + bomb[550:]
    yield "a cut gzip", gzip.compress(b"Subject: a\r\n\r\nhello" * 1000)[:60]
    yield "a gzip that calls for another program", gzip.compress(b"LRZI" + bytes(200))
    yield "nested parts", b"From: a@b.example\r\nMIME-Version: 1.0\r\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(5_000))
    yield "nested html", HTML.format("<div>" * 200_000).encode()
    yield "a long line", b"Subject: " + b"a" * 5_000_000 + b"\r\n\r\nx"
    yield "many headers", b"".join(b"X-%d: y\r\n" % i for i in range(100_000)) + b"\r\nx"
    yield "a deep json", b"[" * 1_000_000


class Hostile(unittest.TestCase):
    tried = 0

    @classmethod
    def setUpClass(cls):
        cls.server = Server(SEKISHO)
        cls.server.get("/api/v1/health")

    @classmethod
    def tearDownClass(cls):
        assert cls.tried >= 200, cls.tried
        print(f"{cls.tried} hostile messages and requests tried", file=sys.stderr)
        if not SANITIZED:
            assert cls.server.resident_kb() < MEMORY_KB, cls.server.resident_kb()
        assert cls.server.stop() == 0
        log = "".join(cls.server.log)
        for secret in ("evil", "passwd", "script", "alert", "\x1b", "runtime error", "Sanitizer"):
            assert secret not in log, log[log.index(secret) - 500:][:1000]

    def setUp(self):
        self.assertTrue(self.server.alive())

    def tearDown(self):
        self.assertTrue(self.server.alive())
        self.assertEqual(self.server.strangers(), [])

    def clean(self, raw, wanted, what):
        """One complete answer with our fields, of a wanted status, and the connection closed behind it."""
        type(self).tried += 1
        status = status_of(raw)
        self.assertIn(status, wanted, (what, raw[:300]))
        if status is None:
            return
        head, _, body = raw.partition(b"\r\n\r\n")
        self.assertIn(b"\r\nContent-Security-Policy: ", head, what)
        self.assertIn(b"\r\nX-Content-Type-Options: nosniff", head, what)
        length = int(re.search(rb"\r\nContent-Length: (\d+)", head)[1])
        if status >= 400:
            self.assertEqual(len(body), length, (what, "one answer and nothing after it", raw[:2000]))
            problem = json.loads(body)
            self.assertTrue(problem["detail"] and problem["next"], what)
            self.assertNotIn(b"evil", raw, "nothing of the request comes back")

    def test_path_tricks_find_nothing(self):
        for path in PATHS:
            raw = self.server.raw(b"GET " + path.encode() + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
            self.clean(raw, (404, 400), path)
            self.assertNotIn(b"root:", raw)

    def test_strangers_names_are_refused(self):
        for host in HOSTS:
            raw = self.server.raw(b"GET /api/v1/carriers HTTP/1.1\r\nHost: " + host.encode() + b"\r\nConnection: close\r\n\r\n")
            self.clean(raw, (421, 400), host[:50])

    def test_other_sites_pages_are_refused(self):
        for origin in ORIGINS:
            for kind in (b"text/plain", b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=a"):
                raw = self.server.raw(b"POST /api/v1/check HTTP/1.1\r\n" + HOST + b"Connection: close\r\nOrigin: " + origin.encode() + b"\r\nContent-Type: " + kind + b"\r\nContent-Length: 5\r\n\r\nhello")
                self.clean(raw, (403,), origin)
        for site in (b"cross-site", b"same-site", b"evil"):
            for method, path in ((b"POST", b"/api/v1/check"), (b"GET", b"/api/v1/examples"), (b"GET", b"/metrics"), (b"POST", b"/api/v1/session")):
                self.clean(self.server.raw(method + b" " + path + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\nSec-Fetch-Site: " + site + b"\r\n\r\n"), (403,), site)
        self.clean(self.server.raw(b"OPTIONS /api/v1/check HTTP/1.1\r\n" + HOST + b"Connection: close\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n"), (403,), "a preflight")

    def test_smuggling_is_refused_and_the_second_request_never_answered(self):
        second = b"GET /api/v1/health HTTP/1.1\r\n" + HOST + b"\r\n"
        for framing in FRAMINGS:
            raw = self.server.raw(b"POST /api/v1/check HTTP/1.1\r\n" + HOST + framing + b"\r\n0\r\n\r\n" + second)
            self.clean(raw, (400,), framing)
            self.assertNotIn(b'"status":"ok"', raw, framing)
        for chunks in CHUNKS:
            raw = self.server.raw(b"POST /api/v1/check HTTP/1.1\r\n" + HOST + CHUNKED + b"\r\n" + chunks + second, timeout=4)
            self.clean(raw, (400, 413, None), chunks[:40])
            self.assertNotIn(b'"status":"ok"', raw, chunks[:40])
        self.clean(self.server.raw(b"POST /api/v1/check HTTP/1.0\r\n" + HOST + CHUNKED + b"\r\n0\r\n\r\n"), (400,), "chunks in HTTP/1.0")
        trailer = self.server.raw(b"POST /api/v1/check HTTP/1.1\r\n" + HOST + CHUNKED + b"Connection: close\r\n\r\n5\r\nhello\r\n0\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n\r\n")
        self.clean(trailer, (200, 400), "fields behind the body change nothing")

    def test_what_is_no_request_is_refused(self):
        for garbage in GARBAGE:
            self.clean(self.server.raw(garbage, timeout=15), (400, 404, 405, 421, 431, 408), garbage[:40])

    def test_a_hundred_megabytes_of_headers_are_not_read(self):
        for name, start, piece in (("one field", b"GET / HTTP/1.1\r\nX: ", b"a" * 1_000_000), ("many fields", b"GET / HTTP/1.1\r\n", b"X-Y: z\r\n" * 125_000), ("one target", b"GET /", b"a" * 1_000_000)):
            before, began = self.server.resident_kb(), time.monotonic()
            raw = self.server.raw([start] + [piece] * 100)
            self.assertLess(time.monotonic() - began, 20)
            self.clean(raw, (431, 400, 414, None), name)  # an answer that the sender did not wait for may be lost
            if not SANITIZED:
                self.assertLess(self.server.resident_kb() - before, 30_000)

    def test_bodies_beyond_their_limit_are_refused_before_they_arrive(self):
        for path, length in (("/api/v1/check", 64 * 1024 * 1024 + 1), ("/api/v1/guide", 1024 * 1024 + 1), ("/api/v1/session", 4097), ("/api/v1/check", 10**15)):
            raw = self.server.raw(b"POST " + path.encode() + b" HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % length)
            self.clean(raw, (413,), path)
            raw = self.server.raw(b"POST " + path.encode() + b" HTTP/1.1\r\n" + HOST + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % length)
            self.assertNotIn(b"100 Continue", raw)
            self.clean(raw, (413,), path)
        endless = [b"POST /api/v1/guide HTTP/1.1\r\n" + HOST + CHUNKED + b"\r\n"] + [b"10000\r\n" + b"a" * 65536 + b"\r\n"] * 40
        self.clean(self.server.raw(endless), (413, None), "endless chunks")
        self.clean(self.server.raw(b"GET /api/v1/health HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nhello"), (400,), "a body nobody asked for")

    def test_slow_senders_are_let_go_while_others_are_answered(self):
        results = {}

        def drip(name, start):
            began = time.monotonic()
            out = b""
            with self.server.connect(1) as connection:
                try:
                    connection.sendall(start)
                    while time.monotonic() - began < 25:
                        connection.sendall(b"a")
                        try:
                            got = connection.recv(65536)
                            if not got:
                                break
                            out += got
                        except TimeoutError:
                            pass
                except OSError:
                    pass
            results[name] = (time.monotonic() - began, out)

        threads = [threading.Thread(target=drip, args=(f"{name}{i}", start)) for name, start in (("head", b"GET / HTTP/1.1\r\nX: "), ("line", b"GE"), ("field", b"GET / HTTP/1.1\r\n" + HOST)) for i in range(5)]
        for thread in threads:
            thread.start()
        for _ in range(20):
            self.assertEqual(self.server.post("/api/v1/check", b"hello").status, 200)
            time.sleep(0.2)
        for thread in threads:
            thread.join()
        for name, (seconds, raw) in results.items():
            self.assertLess(seconds, 20, name)
            self.clean(raw, (408,), name)

    def test_hostile_messages_are_judged_and_come_back_as_text(self):
        for payload in PAYLOADS:
            for place, made in PLACES.items():
                answer = self.server.ask("POST", "/api/v1/check?lang=en", made(payload), {"X-File-Name": quoted(payload)})
                type(self).tried += 1
                self.assertIn(answer.status, (200, 422), (place, payload, answer.body[:300]))
                self.assertIn(answer.header("content-type"), ("application/json", "application/problem+json"))
                self.assertEqual(answer.header("x-content-type-options"), "nosniff")
                self.assertTrue(answer.header("content-security-policy").startswith("default-src 'none'"))
                self.assertFalse(re.search(rb"[\x00-\x09\x0b-\x1f]", answer.body), "no control leaves unescaped")
                report = answer.json()
                if answer.status == 200:
                    self.assertEqual(report["schema"], "sekisho.check/1")
                    self.assertNotRegex(report["input"], "[\x00-\x1f/\\\\\u202a-\u202e\u2066-\u2069\u200b]", "a file's name cannot act")

    def test_hostile_questions_are_answered_or_refused(self):
        for payload in PAYLOADS:
            for path in (f"/api/v1/examples?q={quoted(payload)}", f"/api/v1/contacts?prefecture={quoted(payload)}", f"/api/v1/examples?lang={quoted(payload)}&kind={quoted(payload)}"):
                answer = self.server.get(path)
                type(self).tried += 1
                self.assertIn(answer.status, (200, 400), path)
                self.assertIn("json", answer.header("content-type"))
            for path, body in (("/api/v1/guide/describe", payload.encode()), ("/api/v1/guide", json.dumps({"situations": [payload]}).encode()), ("/api/v1/guide/drafts", json.dumps({"id": "notice_card", "answers": {"lure": payload}, "fill": {"name": payload}}).encode()),
                               ("/api/v1/guide/calendar", json.dumps({"situations": ["police_2_brand_mail"], "lure": payload}).encode()), ("/api/v1/session", b"code=" + quoted(payload).encode())):
                answer = self.server.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded" if body.startswith(b"code=") else "text/plain"})
                type(self).tried += 1
                self.assertIn(answer.status, (200, 303, 400), (path, answer.body[:200]))

    def test_bombs_are_answered_within_their_budget(self):
        for name, bytes_ in bombs():
            began = time.monotonic()
            answer = self.server.post("/api/v1/check", bytes_)
            type(self).tried += 1
            self.assertIn(answer.status, (200, 422), name)
            self.assertLess(time.monotonic() - began, 200 if SANITIZED else 60, name)
            self.assertNotRegex("".join(json.loads(line)["input"] for line in answer.body.splitlines() if answer.status == 200), "[\u202e]", name)
            self.assertTrue(self.server.alive(), name)
        for climbed in ("/tmp/sekisho_climbed.eml", "/etc/sekisho_climbed.eml"):
            self.assertFalse(os.path.exists(climbed))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
