#!/usr/bin/env python3
"""What a scan of a large mailbox costs: time, memory, cost per message from ten thousand to a million, and a second scan
with one per cent of new mail.

    bench/scan.py SEKISHO [--messages 1000000] [--mailbox FILE.mbox] [--jobs 2] [--keep FOLDER]

Without --mailbox it makes one of its own: invented wanted senders of all kinds (shops, notices, friends, lists), and
campaigns that change senders, domains and wording. CPU seconds are user and system time of the program; on a machine
that others use too they say more than the clock. Nothing here is timed by a test.
"""
import argparse
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OWNER = "misaki.k@home.example"
PROFILE = '{"name": "川辺美咲", "postal_address": "東京都緑原市花園3-12-7", "phone": "080-0123-4567", "mail_address": "%s"}' % OWNER
WORDS = "夏 春 新作 ご案内 予約 会員 特集 週末 お知らせ 発送 ご注文 明細 確認 荷物 配送 予定 返信 写真 会議 資料".split()
STORIES = ["個人情報が公開されます。本日中に削除のお手続きをしてください。", "未納の月額料金がございます。法的手続きへ移行します。",
           "お荷物を宛先不明のため保管しています。お届け先をご確認ください。", "当選金のお受け取り期限が本日までです。"]


class Maker:
    """A mailbox in the order of delivery, written as it is made."""

    def __init__(self, messages, seed=1):
        self.rng = random.Random(seed)
        self.count = messages
        self.wanted = [self.wanted_sender(i) for i in range(max(30, messages // 700))]
        self.campaigns = [self.campaign(i) for i in range(max(3, messages // 20_000))]

    def name(self, size):
        return "".join(self.rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(size))

    def wanted_sender(self, i):
        host = f"{self.name(7)}{i}.example"
        return dict(address=f"{self.rng.choice(['news', 'info', 'order', 'noreply', self.name(6)])}@{host}", host=host, passes=True,
                    net=f"192.0.{i % 250}", site=f"www.{host}", mailer=self.rng.choice(["", "Mailer A 2.1", "Mailer B"]))

    def campaign(self, i):
        return dict(hosts=[f"{self.name(6)}-{self.name(4)}{i}.test" for _ in range(self.rng.randint(1, 20))], site=f"{self.name(9)}{i}.test",
                    path=self.name(3), net=f"198.{18 + i % 2}.{i % 250}", mailer=f"Sender {i % 5}", data=self.rng.random())

    def mail(self, number, at):
        rng = self.rng
        stamp = time.strftime("%a, %d %b %Y %H:%M:%S +0900", time.gmtime(at + 9 * 3600))
        if rng.random() < 0.65:
            s = rng.choice(self.wanted)
            sender, host, site, passes = s["address"], s["host"], f"https://{s['site']}/{self.name(4)}/{number}", True
            subject = " ".join(rng.sample(WORDS, 3))
            text = "。".join(" ".join(rng.sample(WORDS, 6)) for _ in range(rng.randint(3, 12)))
        else:
            s = rng.choice(self.campaigns)
            host = rng.choice(s["hosts"])
            sender, site, passes = f"{self.name(8)}{number % 97}@{host}", f"https://{s['site']}/{s['path']}/{self.name(8)}", rng.random() < 0.8
            subject = f"【重要】{rng.choice(WORDS)} {number}"
            text = rng.choice(STORIES) + " ".join(rng.sample(WORDS, 8))
            if rng.random() < s["data"]:
                text = "川辺美咲様\n東京都緑原市花園三丁目十二番七号\n" + text
        result = "pass" if passes else "fail"
        mailer = f"X-Mailer: {s['mailer']}\n" if s["mailer"] else ""
        return (f"From x@y.example Mon Jan  5 12:34:56 2026\nReturn-Path: <{sender}>\nDelivered-To: {OWNER}\n"
                f"Received: from out.{host} (out.{host} [{s['net']}.{number % 250 + 1}]) by mx.home.example (Postfix) with ESMTPS id {number:x};\n\t{stamp}\n"
                f"Authentication-Results: mx.home.example; spf={result} smtp.mailfrom={host};\n dkim={result} header.d={host}; dmarc={result} header.from={host}\n"
                f"Date: {stamp}\nFrom: <{sender}>\nTo: <{OWNER}>\nSubject: {subject}\nMessage-ID: <{number}.{self.name(10)}@{host}>\n{mailer}"
                f"MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n{site}\n\n").encode()

    def write(self, file):
        start, step = 1_700_000_000, max(1, 60_000_000 // self.count)
        for number in range(self.count):
            file.write(self.mail(number, start + number * step))


def cuts_of(box, wanted):
    """Byte offsets at which so many messages are done."""
    offsets, number, position, blank = {}, 0, 0, True
    with box.open("rb") as lines:
        for line in lines:
            if blank and line.startswith(b"From "):
                if number in wanted:
                    offsets[number] = position
                number += 1
            blank = line == b"\n"
            position += len(line)
    offsets[number] = position
    return offsets, number


def copy_to(box, cut, size):
    with box.open("rb") as source, cut.open("wb") as to:
        while size > 0 and (piece := source.read(min(size, 1 << 22))):
            to.write(piece)
            size -= len(piece)


def scan(sekisho, box, folder, jobs):
    """(wall, cpu, peak MB, messages, read now)"""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([sekisho, "scan", box, "--profile", folder / "profile.json", "--state", folder / "state", "--stats", "-j", str(jobs)],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 10):
        sys.exit(done.stderr)
    stats = re.search(r"messages (\d+)  read_now (\d+).*peak_resident_MB ([\d.]+)", done.stderr)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, float(stats[3]), int(stats[1]), int(stats[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sekisho", type=Path)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--mailbox", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="leave mailbox and index here")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="sekisho-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "profile.json").write_text(PROFILE, encoding="utf-8")
    try:
        box = options.mailbox
        if box is None:
            box = folder / "made.mbox"
            with box.open("wb", buffering=1 << 22) as out:
                Maker(options.messages).write(out)
        sizes = [10_000, 100_000, 1_000_000]
        offsets, total = cuts_of(box, {*sizes, *(count * 99 // 100 for count in sizes), options.messages * 99 // 100})
        print(f"{total} messages, {box.stat().st_size / 1e6:.0f} MB, {options.jobs} jobs, load {os.getloadavg()[0]:.1f}")
        print("messages    wall s   CPU s   CPU ms/message   peak MB")
        for count in [size for size in sizes if size < total] + [total]:
            cut = folder / "cut.mbox"
            # All but the last hundredth first, then the rest as it arrives.
            most = offsets.get(count * 99 // 100)
            shutil.rmtree(folder / "state", ignore_errors=True)
            copy_to(box, cut, offsets[count] if most is None else most)
            wall, cpu, peak, messages, _ = scan(options.sekisho, cut, folder, options.jobs)
            print(f"{messages:8}  {wall:8.1f} {cpu:7.1f}   {cpu / messages * 1000:14.3f}   {peak:7.1f}")
            if most is None:
                continue
            with box.open("rb") as source, cut.open("ab") as to:
                source.seek(most)
                to.write(source.read(offsets[count] - most))
            wall2, cpu2, peak2, messages, new = scan(options.sekisho, cut, folder, options.jobs)
            print(f"  + {new:6} new: {wall2:5.1f} {cpu2:7.1f}   {cpu2 / cpu * 100:6.1f} % of the first ({wall2 / wall * 100:.1f} % by the clock), peak {peak2:.1f} MB")
    finally:
        if options.keep is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
