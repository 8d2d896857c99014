"""Measures Sekisho and its peers in turns on the same messages; called by bench/run.sh, which says what the options mean.

Everything it starts listens on loopback, works in one temporary folder and is ended when it ends, however it ends. Ratios compare
CPU time: it is what one core can give, and other work on the machine disturbs it least.
"""

import argparse
import ctypes
import datetime
import glob
import http.client
import json
import os
import pathlib
import random
import resource
import select
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MB = 1e6
PASS_SECONDS = 300  # one pass of one of our programs: beyond it hangs
STAGES = ["mime", "html", "fold", "patterns", "facts", "signs"]


def adopt_orphans():
    """What a server leaves behind becomes our child (prctl PR_SET_CHILD_SUBREAPER), so that nothing outlives the run."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)


def process_children(pid):
    found = []
    for task in glob.glob(f"/proc/{pid}/task/*/children"):
        for child in pathlib.Path(task).read_text().split():
            found += [int(child), *process_children(int(child))]
    return found


def cpu_seconds(pid):
    """All threads of the process, to the nanosecond."""
    return sum(int(pathlib.Path(stat).read_text().split()[0]) for stat in glob.glob(f"/proc/{pid}/task/*/schedstat")) * 1e-9


def memory_mb(pids):
    """Highest resident size of any one process, and what all use together (pages they share counted once)."""
    peaks, shares = [], []
    for pid in pids:
        try:
            for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    peaks.append(int(line.split()[1]) * 1024 / MB)
            for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    shares.append(int(line.split()[1]) * 1024 / MB)
        except OSError:
            pass
    return {"peak_of_one_mb": max(peaks, default=0), "together_mb": sum(shares)}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """One of ours: stays resident, does a pass for each line it is sent."""

    def __init__(self, binary, listing):
        self.process = subprocess.Popen([binary, listing], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        if not select.select([self.process.stdout], [], [], PASS_SECONDS)[0]:
            self.process.kill()
            raise SystemExit(f"{self.process.args[0]}: no answer to '{line}' within {PASS_SECONDS} seconds")
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.process.args[0]} ended with {self.process.wait()}")
        return json.loads(answer)

    def memory(self):
        return memory_mb([self.process.pid])

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Server:
    """A peer: started, waited for, ended with everything it started."""

    def __init__(self, command, environment, folder):
        self.log = open(folder / "output", "w", encoding="utf-8")
        self.process = subprocess.Popen(command, env=environment, cwd=folder, stdout=self.log, stderr=subprocess.STDOUT,
                                        stdin=subprocess.DEVNULL, start_new_session=True)

    def pids(self):
        return [self.process.pid, *process_children(self.process.pid)]

    def wait_until(self, ready, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            if ready():
                return
            time.sleep(0.1)
        self.close()
        raise SystemExit(f"{self.process.args[0]} did not start; see {self.log.name}")

    def close(self):
        pids = self.pids()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                pass
        for pid in pids:  # only what we started ourselves
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        for pid in pids:  # orphans come to us (adopt_orphans) and must be waited for
            try:
                os.waitpid(pid, 0)
            except ChildProcessError:
                pass
        self.log.close()


RSPAMD_OFF = """antivirus arc asn bimi clickhouse dcc dkim dkim_signing dmarc elastic external_services fuzzy_check greylist hfilter
    history_redis metadata_exporter metric_exporter mx_check neural once_received p0f ratelimit rbl reputation
    replies rspamd_update spf surbl url_redirector""".split()


class Rspamd(Server):
    """Debian's rules as shipped, with Hyperscan, without whatever asks the network or needs Redis; one worker."""

    def __init__(self, peers, folder):
        self.port = free_port()
        for name in ["local.d", "override.d", "run", "db", "log"]:
            (folder / name).mkdir(parents=True)
        dead_port = free_port()  # nobody answers: should anything still ask for a name, it fails at once
        (folder / "override.d/options.inc").write_text(
            f'dns {{ nameserver = ["127.0.0.1:{dead_port}"]; timeout = 0.01s; retransmits = 1; }}\n'
            "disable_monitoring = true;\n")
        (folder / "override.d/logging.inc").write_text('level = "notice";\n')  # as a busy server would
        (folder / "override.d/worker-normal.inc").write_text(f'bind_socket = "127.0.0.1:{self.port}"; count = 1;\n')
        for worker in ["controller", "proxy", "fuzzy"]:
            (folder / f"override.d/worker-{worker}.inc").write_text("enabled = false; count = -1;\n")
        for module in RSPAMD_OFF:
            (folder / f"override.d/{module}.conf").write_text("enabled = false;\n")
        (folder / "override.d/phishing.conf").write_text("phishtank_enabled = false; openphish_enabled = false;\n")
        share = peers / "usr/share/rspamd"
        places = {"CONFDIR": peers / "etc/rspamd", "LOCAL_CONFDIR": folder, "RUNDIR": folder / "run", "DBDIR": folder / "db",
                  "LOGDIR": folder / "log", "SHAREDIR": share, "PLUGINSDIR": share / "plugins", "RULESDIR": share / "rules",
                  "LUALIBDIR": share / "lualib", "WWWDIR": share / "www"}
        environment = {"PATH": os.environ["PATH"], "LANG": "C",
                       "LD_LIBRARY_PATH": f"{peers}/usr/lib/rspamd:{peers}/usr/lib/x86_64-linux-gnu"}
        super().__init__([str(peers / "usr/bin/rspamd"), "-f", "-i", "-c", str(peers / "etc/rspamd/rspamd.conf"),
                          *[f"--var={name}={value}" for name, value in places.items()]], environment, folder)
        # The automata are compiled in the background: before that the rules run one by one, several times slower. An .unser
        # file appears beside each when it has been loaded.
        self.wait_until(lambda: 20 < len(list((folder / "db").glob("*.hs"))) <= len(list((folder / "db").glob("*.hs.unser"))), 180)
        time.sleep(3)
        self.worker = self.pids()[0]
        for pid in self.pids():
            if b"normal process" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
                self.worker = pid

    def one_pass(self, messages):
        own = 0.0
        cpu, wall = cpu_seconds(self.worker), time.perf_counter()
        for message in messages:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            connection.request("POST", "/checkv2", body=message)
            reply = json.loads(connection.getresponse().read())
            connection.close()
            if "time_real" not in reply:
                raise SystemExit(f"rspamd answered {reply}")
            own += reply["time_real"]
        return {"messages": len(messages), "wall": time.perf_counter() - wall, "cpu": cpu_seconds(self.worker) - cpu, "own": own}

    def memory(self):
        return memory_mb(self.pids())


class Spamd(Server):
    """Debian's rules as shipped, -L (local tests only), one child."""

    def __init__(self, peers, folder):
        self.port = free_port()
        self.spamc = peers / "usr/bin/spamc"
        (folder / "home").mkdir(parents=True)
        library = [*glob.glob(f"{peers}/usr/share/perl5"), *glob.glob(f"{peers}/usr/lib/*/perl5/*")]
        command = ["perl", "-T", *[word for path in library for word in ("-I", path)], str(peers / "usr/sbin/spamd"), "-L", "-x",
                   "--listen", f"127.0.0.1:{self.port}", "-m", "1", "--min-children=1", "--max-conn-per-child=1000000",
                   f"--configpath={peers}/usr/share/spamassassin", f"--siteconfigpath={peers}/etc/spamassassin",
                   f"--helper-home-dir={folder}/home", "-s", str(folder / "log"), "-r", str(folder / "pid")]
        if os.getuid() == 0:
            folder.chmod(0o755)
            (folder / "home").chmod(0o777)
            command += ["-u", "nobody"]
        super().__init__(command, {"PATH": os.environ["PATH"], "LANG": "C", "HOME": str(folder / "home")}, folder)
        self.wait_until(lambda: (folder / "pid").exists() and len(self.pids()) > 1, 60)
        self.worker = self.pids()[-1]

    def one_pass(self, files):
        cpu, wall = cpu_seconds(self.worker), time.perf_counter()
        for file in files:
            with open(file, "rb") as message:
                # Exit status 1 is "spam"; -x makes a broken connection an error instead of an unread message.
                done = subprocess.run([self.spamc, "-x", "-d", "127.0.0.1", "-p", str(self.port), "-s", "8000000", "-c"], stdin=message,
                                      stdout=subprocess.PIPE, check=False)
                if done.returncode not in (0, 1) or not done.stdout.strip():
                    raise SystemExit(f"spamc ended with {done.returncode} on {file}")
        return {"messages": len(files), "wall": time.perf_counter() - wall, "cpu": cpu_seconds(self.worker) - cpu}

    def memory(self):
        return memory_mb(self.pids())


def sample_of(folder, count, seed):
    files = sorted(str(path) for path in pathlib.Path(folder).rglob("*")
                   if path.is_file() and 0 < path.stat().st_size <= 8_000_000 and path.suffix not in (".txt", ".md", ".tsv", ".jsonl"))
    if len(files) > count:
        files = random.Random(seed).sample(files, count)
    return files


def median_ms(passes, what):
    """Median over the rounds of milliseconds a message."""
    return statistics.median(one[what] / one["messages"] * 1000 for one in passes)


def cold_start(sekisho, mail, environment):
    times, cpu = [], []
    for _ in range(21):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run([sekisho, "check", mail], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, check=False)
        times.append((time.perf_counter() - started) * 1000)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000)
        if done.returncode not in (0, 10, 11):
            raise SystemExit(f"sekisho check ended with {done.returncode}: {done.stderr.decode()}")
    return {"median_ms": statistics.median(times[1:]), "worst_ms": max(times[1:]), "cpu_ms": statistics.median(cpu[1:]), "mail": os.path.basename(mail)}


def resident(sekisho, files, environment):
    """Highest resident size of `sekisho check` over the whole sample, with one worker."""
    with subprocess.Popen([sekisho, "check", "--jobs", "1", "--format", "json", *files], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, env=environment) as process:
        seen = {"peak_of_one_mb": 0, "together_mb": 0}
        while process.poll() is None:
            now = memory_mb([process.pid])
            if now["peak_of_one_mb"] >= seen["peak_of_one_mb"]:
                seen = now
            time.sleep(0.005)
    return seen


def measure(name, files, options, build, servers, folder):
    listing = folder / f"{name}.list"
    listing.write_text("".join(file + "\n" for file in files), encoding="utf-8")
    messages = [pathlib.Path(file).read_bytes() for file in files]
    size = sum(map(len, messages))
    few = min(options.spamd, len(files))
    baseline = Program(build / "bench/bench_gmime_baseline", listing)
    ours = Program(build / "bench/bench_stages", listing)
    rspamd, spamd = servers
    passes = {"gmime": [], "sekisho": [], "stages": [], "rspamd": [], "spamd": [], "sekisho_few": []}
    baseline.ask("0")  # a first pass of each fills caches and is not counted
    ours.ask("whole 0")
    ours.ask("stages")
    if rspamd:
        rspamd.one_pass(messages)
    if spamd:
        spamd.one_pass(files[:few])
    for _ in range(options.rounds):
        passes["gmime"].append(baseline.ask("0"))
        passes["sekisho"].append(ours.ask("whole 0"))
        passes["gmime"].append(baseline.ask("0"))
        passes["sekisho"].append(ours.ask("whole 0"))
        passes["stages"].append(ours.ask("stages"))
        if rspamd:
            passes["rspamd"].append(rspamd.one_pass(messages))
        if spamd:
            passes["spamd"].append(spamd.one_pass(files[:few]))
            passes["sekisho_few"].append(ours.ask(f"whole {few}"))
    memory = {"gmime": baseline.memory(), "bench_stages": ours.memory()}
    baseline.close()
    ours.close()

    cpu = {"gmime": median_ms(passes["gmime"], "cpu"), "sekisho": median_ms(passes["sekisho"], "cpu")}
    result = {
        "corpus": name, "messages": len(files), "mean_bytes": size / len(files), "refused": passes["sekisho"][0]["refused"],
        "sekisho": {"cpu_ms": cpu["sekisho"], "wall_ms": median_ms(passes["sekisho"], "wall"), "messages_s": 1000 / cpu["sekisho"],
                    "mb_s": size / len(files) / MB * 1000 / cpu["sekisho"],
                    "stages_ms": {stage: median_ms(passes["stages"], stage) for stage in [*STAGES, "free"]}},
        "gmime": {"cpu_ms": cpu["gmime"], "wall_ms": median_ms(passes["gmime"], "wall"), "messages_s": 1000 / cpu["gmime"],
                  "mb_s": size / len(files) / MB * 1000 / cpu["gmime"]},
        # Each pass of ours over the pass of the baseline just before it: what disturbs the machine disturbs both.
        "ratio_to_gmime": statistics.median(a["cpu"] / b["cpu"] for a, b in zip(passes["sekisho"], passes["gmime"])),
        "memory": memory,
    }
    if rspamd:
        result["rspamd"] = {"cpu_ms": median_ms(passes["rspamd"], "cpu"), "scan_ms": median_ms(passes["rspamd"], "own"),
                            "request_ms": median_ms(passes["rspamd"], "wall")}
        result["rspamd"]["faster_by_cpu"] = result["rspamd"]["cpu_ms"] / cpu["sekisho"]
        result["rspamd"]["faster_by_scan"] = result["rspamd"]["scan_ms"] / result["sekisho"]["wall_ms"]
        memory["rspamd"] = rspamd.memory()
    if spamd:
        result["spamd"] = {"messages": few, "cpu_ms": median_ms(passes["spamd"], "cpu"), "request_ms": median_ms(passes["spamd"], "wall")}
        result["spamd"]["faster_by_cpu"] = result["spamd"]["cpu_ms"] / median_ms(passes["sekisho_few"], "cpu")
        memory["spamd"] = spamd.memory()
    return result


def print_result(result):
    ours, base = result["sekisho"], result["gmime"]
    print(f"\n{result['corpus']}: {result['messages']} messages, {result['mean_bytes'] / 1000:.1f} kB each" +
          (f", {result['refused']} refused" if result["refused"] else ""))
    print(f"  {'':26}{'ms/message':>11}{'messages/s':>12}{'MB/s':>8}{'times Sekisho':>15}")
    print(f"  {'Sekisho, whole':26}{ours['cpu_ms']:11.3f}{ours['messages_s']:12.0f}{ours['mb_s']:8.1f}{1:15.2f}")
    for stage in STAGES:
        share = ours["stages_ms"][stage]
        print(f"    {stage:24}{share:11.3f}{'':12}{'':8}{share / ours['cpu_ms']:15.2f}")
    print(f"  {'(a) GMime parse, decode':26}{base['cpu_ms']:11.3f}{base['messages_s']:12.0f}{base['mb_s']:8.1f}"
          f"{base['cpu_ms'] / ours['cpu_ms']:15.2f}   Sekisho / (a) = {result['ratio_to_gmime']:.2f}")
    if "spamd" in result:
        peer = result["spamd"]
        print(f"  {'(b) spamd -L':26}{peer['cpu_ms']:11.1f}{1000 / peer['cpu_ms']:12.0f}{'':8}{peer['faster_by_cpu']:15.0f}"
              f"   first {peer['messages']}; whole request {peer['request_ms']:.1f} ms")
    else:
        print(f"  {'(b) spamd -L':26} not installed (--install-peers)")
    if "rspamd" in result:
        peer = result["rspamd"]
        print(f"  {'(c) Rspamd, no network':26}{peer['cpu_ms']:11.3f}{1000 / peer['cpu_ms']:12.0f}{'':8}{peer['faster_by_cpu']:15.1f}"
              f"   scan time it reports {peer['scan_ms']:.3f} ms ({peer['faster_by_scan']:.1f}), whole request {peer['request_ms']:.3f} ms")
    else:
        print(f"  {'(c) Rspamd, no network':26} not installed (--install-peers)")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(prog="bench/run.sh", add_help=False)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--peers", type=pathlib.Path, required=True)
    parser.add_argument("--install-peers", action="store_true")  # done by run.sh
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--spamd", type=int, default=20)
    parser.add_argument("--json", type=pathlib.Path, default=ROOT / "build/speed.json")
    parser.add_argument("folders", nargs="*")
    options = parser.parse_args()
    corpora = {}
    for folder in options.folders or [ROOT / "samples", ROOT / "tests/story", ROOT / "tests/blind"]:
        files = sample_of(folder, options.sample, options.seed)
        if not files:
            raise SystemExit(f"no messages in {folder}")
        corpora[pathlib.Path(folder).resolve().name] = files

    adopt_orphans()
    build = options.build.resolve()
    temporary = pathlib.Path(tempfile.mkdtemp(prefix="sekisho-bench."))
    started = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # through `finally`
    try:
        servers = {"rspamd": None, "spamd": None}
        for name, peer, program in [("rspamd", Rspamd, "usr/bin/rspamd"), ("spamd", Spamd, "usr/sbin/spamd")]:
            if (options.peers / program).exists():
                (temporary / name).mkdir()
                servers[name] = peer(options.peers, temporary / name)
                started.append(servers[name])
        environment = dict(os.environ, XDG_CONFIG_HOME=str(temporary / "config"), XDG_STATE_HOME=str(temporary / "state"))
        net = "loopback only" if os.environ.get("SEKISHO_BENCH_NET") else "peers' own settings"
        print(f"{datetime.date.today()}, {os.cpu_count()} cores, one used; network: {net}; CPU time, medians of {options.rounds} rounds in turns")
        results = []
        for name, files in corpora.items():
            results.append(measure(name, files, options, build, (servers["rspamd"], servers["spamd"]), temporary))
            print_result(results[-1])

        report = {"schema": "sekisho.speed/1", "date": str(datetime.date.today()), "cores": os.cpu_count(), "seed": options.seed,
                  "sample": options.sample, "rounds": options.rounds, "network": net, "corpora": results}
        print("\nresident memory                peak of one process   all processes together")
        sekisho = build / "sekisho"
        rows = []
        if sekisho.exists():
            everything = [file for files in corpora.values() for file in files]
            rows.append(("sekisho check --jobs 1", resident(sekisho, everything, environment)))
        for name in ["gmime", "rspamd", "spamd"]:
            seen = [result["memory"][name] for result in results if name in result["memory"]]
            if seen:
                rows.append((name, max(seen, key=lambda one: one["together_mb"])))
        for name, seen in rows:
            print(f"  {name:28}{seen['peak_of_one_mb']:14.1f} MB{seen['together_mb']:19.1f} MB")
        report["resident"] = dict(rows)
        if sekisho.exists():
            by_size = sorted((file for files in corpora.values() for file in files), key=os.path.getsize)
            report["cold_start"] = cold_start(sekisho, by_size[len(by_size) // 2], environment)
            print(f"\ncold start, `sekisho check` of one mail of {os.path.getsize(by_size[len(by_size) // 2]) / 1000:.1f} kB: "
                  f"{report['cold_start']['median_ms']:.1f} ms (median of 20), "
                  f"worst {report['cold_start']['worst_ms']:.1f} ms, CPU {report['cold_start']['cpu_ms']:.1f} ms")
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(report, indent=1), encoding="utf-8")
        print(f"written: {options.json}")
    finally:
        for server in started:
            server.close()
        shutil.rmtree(temporary, ignore_errors=True)


if __name__ == "__main__":
    main()
