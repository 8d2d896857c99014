#!/usr/bin/env python3
"""Writes the lists of knowledge/lists/ that come from published lists.

usage: tools/make_lists.py SOURCES

SOURCES is a folder with the published files (see FROM below). Lists kept by hand stay as they are;
they are only read, because some of them are taken out of the others. Every list is one entry a line,
lower case, sorted, unique, with what it is, its source, licence, date and kind of match on top.
"""
import json
import pathlib
import re
import sys

import yaml

LISTS = pathlib.Path(__file__).resolve().parent.parent / "knowledge" / "lists"
BRANDS = LISTS.parent / "brands.yaml"
AS_OF = "2026-11-23"
MOST_BYTES = 1_500_000
DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)")
KANJI = re.compile(r"[\u3400-\u9fff\u3005\u3006\u30f6\u30b1\u30ce\u3040-\u309f\uf900-\ufaff]+")


def warninglist(path):
    return json.loads(path.read_text())["list"]


def lines(path):
    return path.read_text().splitlines()


def domains(names):
    """Host names only: a leading dot or `*.` goes, anything with a path or a stray character goes."""
    tidy = {str(name).strip().lower().lstrip("*").strip(".") for name in names}
    return {name for name in tidy if DOMAIN.fullmatch(name)}


def kept_by_hand(name):
    return {line for line in lines(LISTS / f"{name}.txt") if line and not line.startswith("#")}


def at_or_below(name, parents):
    labels = name.split(".")
    return any(".".join(labels[i:]) in parents for i in range(len(labels)))


def brand_domains():
    """What the brands own; a list of doubtful places must not name them."""
    found = set()
    for brand in yaml.safe_load(BRANDS.read_text())["brands"]:
        found.update(brand.get("web_domains") or [], brand.get("mail_domains") or [])
    return found


def write(name, entries, what, source, licence, match):
    text = "".join(f"# {key}: {value}\n" for key, value in
                   [("what", what), ("source", source), ("licence", licence), ("as_of", AS_OF), ("match", match)])
    text += "".join(f"{entry}\n" for entry in sorted(entries))
    if len(text.encode()) > MOST_BYTES:
        sys.exit(f"{name}: {len(text.encode())} bytes are more than {MOST_BYTES}")
    (LISTS / f"{name}.txt").write_text(text)
    print(f"{name}: {len(entries)} entries, {len(text.encode())} bytes")


def endings():
    """The registries' endings (ICANN section) of Debian's publicsuffix."""
    text = pathlib.Path("/usr/share/publicsuffix/public_suffix_list.dat").read_text().split("===BEGIN PRIVATE")[0]
    return {line for line in text.splitlines() if line and not line.startswith("//")}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sources = pathlib.Path(sys.argv[1])
    carriers = kept_by_hand("carrier_mail")
    hosting = kept_by_hand("free_hosting")
    brands = brand_domains()

    link_pages = domains(warninglist(sources / "misp-link-in-bio.json")) - {"bit.ly", "bitly.com"}
    shorteners = domains(warninglist(sources / "misp-url-shortener.json")) - link_pages
    # Shorteners counted in phishing addresses that Japanese people reported (JPCERT/CC), where the list lacks them.
    shorteners |= {"bit.ly", "cutt.ly", "tinyurl.com", "is.gd", "v.gd", "s.id", "t.co", "clck.ru", "t.ly", "rebrand.ly",
                   "x.gd", "00m.in", "onl.la", "onl.bz", "ow.ly", "buff.ly", "qr.paps.jp", "shorturl.at", "rb.gy",
                   "goo.su", "u.to", "tiny.cc", "bl.ink", "urx.blue", "urx2.nu", "ux.nu", "qr1.jp", "lnkd.in"}
    dynamic = {name for name in domains(warninglist(sources / "misp-dynamic-dns.json"))
               if name not in brands and name not in hosting}
    dynamic |= {"duckdns.org", "dynv6.net"}
    known = domains(warninglist(sources / "misp-tranco10k.json"))
    # The longer list is in alphabetical order, not by rank, and holds throw-away names; its Japanese part is what the
    # shorter one lacks.
    known |= {name for name in domains(warninglist(sources / "misp-cloudflare-top100k.json")) if name.endswith(".jp")}
    anyones = hosting | link_pages | shorteners | dynamic
    # Endings under which anyone registers ("ne.jp") stand in the sources as if they were sites.
    known = {name for name in known if not at_or_below(name, anyones)} - endings()

    disposable = domains(lines(sources / "disposable_email_blocklist.conf"))
    disposable = {name for name in disposable if not at_or_below(name, carriers) and name not in brands}
    free = domains(json.loads((sources / "free-email-domains.json").read_text()))
    free = {name for name in free if not at_or_below(name, carriers) and name not in disposable}
    free |= {"gmail.com", "googlemail.com", "outlook.com", "outlook.jp", "hotmail.com", "hotmail.co.jp", "live.jp", "live.com",
             "yahoo.com", "yahoo.co.jp", "icloud.com", "me.com", "mac.com", "aol.com", "aol.jp", "proton.me",
             "protonmail.com", "qq.com", "163.com", "126.com", "sina.com", "foxmail.com", "excite.co.jp", "goo.jp",
             "mail.goo.ne.jp", "infoseek.jp", "mail.ru", "yandex.com", "gmx.com", "gmx.net", "mail.com", "zoho.com"}

    cc0 = "CC0-1.0"
    write("well_known", known, "Domains that very many people visit, without those where anyone can publish or forward.",
          "MISP warninglists: Tranco top 10,000, and the .jp names of Cloudflare Radar top 100,000", cc0, "domain")
    write("url_shorteners", shorteners, "Services that hide where a link goes behind a short address.",
          "MISP warninglists (url-shortener), and shorteners counted in JPCERT/CC phishurl-list", cc0, "domain")
    write("link_pages", link_pages, "Pages of links that anyone can make for a profile.",
          "MISP warninglists (link-in-bio)", cc0, "domain")
    write("dynamic_dns", dynamic, "Names that anyone gets at once and points at any machine.",
          "MISP warninglists (dynamic-dns)", cc0, "domain")
    write("disposable_mail", disposable, "Mail domains for addresses that are thrown away.",
          "disposable-email-domains", cc0, "domain")
    write("free_mail", free, "Mail providers where anyone opens a box without a name being checked, without Japanese carriers.",
          "Kikobeats/free-email-domains, completed by hand; names in disposable_mail taken out", "MIT", "domain")

    regions = json.loads((sources / "jp-municipalities.json").read_text())
    data = "geolonia/japanese-addresses, from public data of the Ministry of Land, Infrastructure, Transport and Tourism"
    write("jp_prefectures", set(regions), "The 47 prefectures of Japan.", data, "MIT", "word")
    write("jp_municipalities", {name for names in regions.values() for name in names},
          "Cities, wards, towns and villages of Japan.", data, "MIT", "word")
    names = yaml.safe_load((sources / "jp-names.yml").read_text())["last_name"]
    rows = names.values() if isinstance(names, dict) else names
    surnames = {row[0] for row in rows if KANJI.fullmatch(row[0])}
    write("jp_surnames", surnames, "Japanese surnames as written.", "willnet/gimei", "MIT", "word")


if __name__ == "__main__":
    main()
