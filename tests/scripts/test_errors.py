#!/usr/bin/env python3
"""Every error that can be said in words has them in both languages, and every gap in the words is filled.

usage: test_errors.py SOURCE_DIR
"""
import re
import sys
import unittest
from pathlib import Path

import yaml

SOURCE = Path(sys.argv[1])
WORDS = yaml.safe_load((SOURCE / "knowledge/words_errors.yaml").read_text(encoding="utf-8"))
ID = r"(?:card|case|data|input|model|output|pattern|serve|settings|toml|train|usage|yaml)\.[a-z_0-9]+"
# "{"id", {{"name", value}, …}}": what follows the id up to the end of the braces.
USE = re.compile(r'"(' + ID + r')"')


def flat(tree: dict, prefix: str = "") -> dict:
    found = {}
    for key, value in tree.items():
        name = f"{prefix}.{key}" if prefix else key
        found.update({name: value} if {"ja", "en"} & set(value) else flat(value, name))
    return found


class Errors(unittest.TestCase):
    def setUp(self):
        self.code = {path: path.read_text(encoding="utf-8") for path in sorted((SOURCE / "src").rglob("*.cc"))}
        self.said = flat(WORDS["error"])
        self.hints = flat(WORDS["error_hint"])
        self.used = {}
        for text in self.code.values():
            for match in USE.finditer(text):
                if re.search(r'(?:Said(?: [a-z]+)?|wrong\(|refuse\(|\?|:)\s*\{?"?$', text[max(0, match.start() - 24):match.start()]):
                    self.used.setdefault(match[1], set()).update(re.findall(r'\{"([a-z]+)",', text[match.end():match.end() + 400]))

    def test_every_error_has_words_and_every_word_is_used(self):
        self.assertGreater(len(self.used), 60)
        self.assertEqual(sorted(set(self.used) - set(self.said)), [])
        self.assertEqual(sorted(set(self.said) - set(self.used)), [])

    def test_every_sentence_is_there_in_both_languages_and_fills_the_same_gaps(self):
        for name, words in {**self.said, **self.hints, **flat(WORDS["error_value"])}.items():
            gaps = {lang: set(re.findall(r"\{([a-z]+)\}", words[lang])) for lang in ("ja", "en")}
            self.assertEqual(gaps["ja"], gaps["en"], name)
            self.assertFalse(words["ja"].endswith("。"), name)

    def test_every_gap_is_filled_where_the_error_is_made(self):
        for name, words in self.said.items():
            for gap in set(re.findall(r"\{([a-z]+)\}", words["en"] + self.hints.get(name, {"en": ""})["en"])):
                self.assertIn(gap, self.used[name], name)

    def test_a_hint_belongs_to_an_error_or_a_family(self):
        families = {name.split(".")[0] for name in self.said}
        for name in self.hints:
            self.assertTrue(name in ("near", "known", "help") or name in self.said or name.removesuffix(".any") in families, name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
