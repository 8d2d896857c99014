"""A server of the built program for tests: started on loopback, asked over raw sockets, http.client and curl, stopped again."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse


def environment(**changes):
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C", "TERM": "dumb"}
    env.update({k: os.environ[k] for k in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS") if k in os.environ})
    env.update(changes)
    return env


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)

    def header(self, name):
        return self.headers.get(name.lower(), "")


class Server:
    def __init__(self, sekisho, *arguments, listen="127.0.0.1:0", start=60):
        self.state = tempfile.TemporaryDirectory()
        listening = ["--listen", listen] if listen else []
        self.process = subprocess.Popen(
            [sekisho, "serve", *listening, "--lang", "en", "--state", self.state.name, *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        self.log, self.out = [], []
        self._readers = [threading.Thread(target=self._read, args=(self.process.stderr, self.log), daemon=True),
                         threading.Thread(target=self._read, args=(self.process.stdout, self.out), daemon=True)]
        for reader in self._readers:
            reader.start()
        end = time.monotonic() + start
        while not (found := re.search(r"(https?)://([0-9.]+|\[[0-9a-f:]+\]):(\d+)/", "".join(self.out))):
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the server did not start: " + "".join(self.log + self.out))
            time.sleep(0.02)
        self.scheme, self.host, self.port = found[1], found[2].strip("[]"), int(found[3])

    def _read(self, stream, to):
        for line in stream:
            to.append(line.decode())

    def connect(self, timeout=30):
        return socket.create_connection((self.host, self.port), timeout)

    def ask(self, method, path, body=None, headers=None, timeout=60):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        connection.putrequest(method, path, skip_accept_encoding=True, skip_host="Host" in (headers or {}))
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None and "Transfer-Encoding" not in (headers or {}):
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        if body is not None:
            connection.send(body)
        response = connection.getresponse()
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        connection.close()
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def post(self, path, body, **headers):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", path, body, {k.replace("_", "-"): v for k, v in headers.items()})

    def raw(self, data, timeout=30, pause=0):
        """Everything that comes back for these bytes until the server closes or nothing comes for `timeout`."""
        pieces = data if isinstance(data, list) else [data]
        out = b""
        with self.connect(timeout) as connection:
            try:
                for piece in pieces:
                    connection.sendall(piece)
                    if pause:
                        time.sleep(pause)
                while got := connection.recv(65536):
                    out += got
            except OSError:
                pass
        return out

    def alive(self):
        return self.process.poll() is None and self.get("/api/v1/health").status == 200

    def resident_kb(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])

    def strangers(self):
        """Remote addresses of the server's sockets that are not this machine."""
        inodes = set()
        for fd in os.listdir(f"/proc/{self.process.pid}/fd"):
            try:
                if found := re.match(r"socket:\[(\d+)\]", os.readlink(f"/proc/{self.process.pid}/fd/{fd}")):
                    inodes.add(found[1])
            except OSError:
                pass
        out = []
        for table in ("tcp", "udp", "tcp6", "udp6"):
            with open(f"/proc/{self.process.pid}/net/{table}") as lines:
                for line in list(lines)[1:]:
                    fields = line.split()
                    remote = fields[2].split(":")[0]
                    if fields[9] in inodes and not remote.endswith("7F") and remote.strip("0") not in ("", "1") and not remote.endswith("0100007F"):
                        out.append(line)
        return out

    def stop(self, how=signal.SIGTERM, within=60):
        if how is not None and self.process.poll() is None:  # None: it was told already, a second signal would end it at once
            self.process.send_signal(how)
        code = self.process.wait(within)
        for reader in self._readers:
            reader.join(5)
        self.process.stdout.close()
        self.process.stderr.close()
        self.state.cleanup()
        return code


def quoted(text):
    return urllib.parse.quote(text, safe="")


def status_of(raw):
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", raw)
    return int(found[1]) if found else None
