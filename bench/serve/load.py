#!/usr/bin/env python3
"""Load on `sekisho serve` beside Rspamd's HTTP, on loopback, with the same messages: judgements a second, p50 and p99 at 1, 8 and 64
connections, memory; then overload and recovery; then minutes of mixed load and what they leave in memory.

usage: bench/serve/load.py --build build/release [--peers build/peers] [--messages N] [--seconds S] [--mixed S] [--json FILE] [FOLDER...]

The client is threads of one Python process with keep-alive connections: it costs CPU of its own, which on two cores is taken from the
server. So the CPU seconds that the server itself used are measured too (schedstat): "judgements a CPU second" does not depend on the client.
Rspamd (Debian's, unpacked by bench/run.sh --install-peers) runs as in bench/compare.py: one worker, nothing that asks the network.
Everything stays on loopback; everything it starts is ended when it ends.
"""
import argparse
import http.client
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from compare import Rspamd, cpu_seconds, memory_mb  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CONNECTIONS = (1, 8, 64)
ANSWERS = json.dumps({"situations": ["police_2_brand_mail"], "done": ["card"], "typed": ["card_number"]}).encode()
MIXED = [("POST", "/api/v1/check", None), ("POST", "/api/v1/guide", ANSWERS), ("GET", "/api/v1/examples?q=amazon", b""), ("GET", "/api/v1/guide/questions", b""), ("GET", "/api/v1/contacts?prefecture=chiba", b""),
         ("GET", "/", b""), ("GET", "/metrics", b""), ("POST", "/api/v1/check", None), ("GET", "/nothing", b""), ("POST", "/api/v1/guide", b"{")]


class Sekisho:
    def __init__(self, build, workers):
        self.state = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen([build / "sekisho", "serve", "--listen", "127.0.0.1:0", "--workers", str(workers), "--lang", "en", "--state", self.state.name],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(re.search(r":(\d+)/", self.process.stdout.readline())[1])

    @property
    def worker(self):
        return self.process.pid

    def memory(self):
        return memory_mb([self.process.pid])

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.state.cleanup()


def resident_mb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1000
    return 0


def caller(port, requests, until, out, start):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    index = start
    while time.monotonic() < until:
        method, path, body = requests[index % len(requests)]
        index += 1
        began = time.perf_counter()
        try:
            connection.request(method, path, body=body)
            response = connection.getresponse()
            response.read()
            status = response.status
        except (http.client.HTTPException, OSError):
            connection.close()
            status = 0
        out.append((time.perf_counter() - began, status))
    connection.close()


def load(server, requests, connections, seconds):
    outs = [[] for _ in range(connections)]
    cpu, began = cpu_seconds(server.worker), time.monotonic()
    threads = [threading.Thread(target=caller, args=(server.port, requests, began + seconds, outs[i], i * 7)) for i in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall, cpu = time.monotonic() - began, cpu_seconds(server.worker) - cpu
    times = sorted(took for out in outs for took, status in out if status == 200)
    statuses = {}
    for out in outs:
        for _, status in out:
            statuses[status] = statuses.get(status, 0) + 1
    refused = sorted(took for out in outs for took, status in out if status in (429, 503))
    return {"connections": connections, "answers_s": len(times) / wall, "answers_cpu_s": len(times) / cpu if cpu else 0,
            "p50_ms": 1e3 * times[len(times) // 2] if times else None, "p99_ms": 1e3 * times[min(len(times) - 1, len(times) * 99 // 100)] if times else None,
            "statuses": statuses, "refused_p99_ms": 1e3 * refused[len(refused) * 99 // 100] if refused else None}


def show(name, row):
    number = lambda value: "-" if value is None else f"{value:.1f}"
    print(f"| {name} | {row['connections']} | {row['answers_s']:.0f} | {row['answers_cpu_s']:.0f} | {number(row['p50_ms'])} | {number(row['p99_ms'])} | {row['statuses']} |", flush=True)


def probe(port, message, until, out):
    """A caller of its own process while the others press: how long until it is told to come back."""
    while time.monotonic() < until:
        done = subprocess.run(["curl", "-s", "-o", "/dev/null", "-w", "%{http_code} %{time_total}", "--max-time", "30", "--data-binary", "@-", f"http://127.0.0.1:{port}/api/v1/check"], input=message, capture_output=True)
        status, seconds = done.stdout.decode().split()
        out.append((int(status), 1e3 * float(seconds)))


def overload(server, messages, seconds):
    """More connections than there are places; then one caller again."""
    probes = []
    prober = threading.Thread(target=probe, args=(server.port, messages[0], time.monotonic() + seconds, probes))
    prober.start()
    row = load(server, [("POST", "/api/v1/check", one) for one in messages], 700, seconds)
    prober.join()
    row["probes_503_ms"] = sorted(round(took, 1) for status, took in probes if status == 503)
    began = time.monotonic()
    after = load(server, [("POST", "/api/v1/check", one) for one in messages], 1, 2)
    return {"during": row, "after": after, "recovered_after_s": time.monotonic() - began - 2}


def mixed(server, messages, seconds):
    requests = [(method, path, messages[i % len(messages)] if body is None else body) for i in range(len(messages)) for method, path, body in MIXED]
    memory, end = [], time.monotonic() + seconds
    rows = []
    while time.monotonic() < end:
        rows.append(load(server, requests, 8, min(10, seconds)))
        memory.append(resident_mb(server.worker))
    statuses = {}
    for row in rows:
        for status, count in row["statuses"].items():
            statuses[status] = statuses.get(status, 0) + count
    return {"resident_mb": memory, "answers": statuses}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    options.add_argument("--peers", type=pathlib.Path, default=ROOT / "build/peers")
    options.add_argument("--messages", type=int, default=300)
    options.add_argument("--seconds", type=float, default=10)
    options.add_argument("--mixed", type=float, default=300)
    options.add_argument("--json", type=pathlib.Path)
    options.add_argument("folders", nargs="*", type=pathlib.Path)
    asked = options.parse_args()
    files = [path for folder in asked.folders or [ROOT / "samples", ROOT / "tests/story"] for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size < 200_000 and path.suffix in ("", ".eml")]
    messages = [path.read_bytes() for path in files[:: max(1, len(files) // asked.messages)]][: asked.messages]
    print(f"{len(messages)} messages, median {statistics.median(map(len, messages)) / 1000:.1f} kB; load of the machine before: {os.getloadavg()[0]:.1f}")
    print("| server | connections | answers/s | answers a CPU second | p50 ms | p99 ms | statuses |\n|---|---|---|---|---|---|---|")
    result = {"messages": len(messages), "load_before": os.getloadavg(), "rows": {}}
    for name, workers in (("sekisho, 1 worker", 1), ("sekisho, 2 workers", 2)):
        server = Sekisho(asked.build, workers)
        try:
            load(server, [("POST", "/api/v1/check", one) for one in messages], 1, 2)
            result["rows"][name] = []
            for connections in CONNECTIONS:
                row = load(server, [("POST", "/api/v1/check", one) for one in messages], connections, asked.seconds)
                result["rows"][name].append(row)
                show(name, row)
            result["rows"][name + " MB"] = server.memory()
            print(f"memory of {name}: {server.memory()}")
        finally:
            server.close()
    if (asked.peers / "usr/bin/rspamd").exists():
        with tempfile.TemporaryDirectory() as folder:
            server = Rspamd(asked.peers, pathlib.Path(folder) / "rspamd")
            try:
                load(server, [("POST", "/checkv2", one) for one in messages], 1, 2)
                result["rows"]["rspamd"] = []
                for connections in CONNECTIONS:
                    row = load(server, [("POST", "/checkv2", one) for one in messages], connections, asked.seconds)
                    result["rows"]["rspamd"].append(row)
                    show("rspamd, 1 worker", row)
                result["rows"]["rspamd MB"] = server.memory()
                print(f"memory of rspamd: {server.memory()}")
            finally:
                server.close()
    server = Sekisho(asked.build, 2)
    try:
        result["overload"] = overload(server, messages, asked.seconds)
        print("overload:", json.dumps(result["overload"]))
        result["mixed"] = mixed(server, messages, asked.mixed)
        print("mixed:", json.dumps(result["mixed"]))
    finally:
        server.close()
    result["load_after"] = os.getloadavg()
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
