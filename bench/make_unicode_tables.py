#!/usr/bin/env python3
"""Write the tables that make the JVM agree with CPython 3.11 (Unicode 14) on characters and with spaCy on words.

    python3.11 bench/make_unicode_tables.py

The JDK's own tables follow whatever Unicode the JDK knows; models were trained on Python's. Needs spaCy
(made with 3.8.18), whose own lists of words these are.
"""
import re
import unicodedata
from pathlib import Path

from re import _casefix
from spacy.lang.en.lex_attrs import _num_words, _ordinal_words
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.lang.lex_attrs import _tlds
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.lang.tokenizer_exceptions import URL_MATCH
from spacy.symbols import IDS

RESOURCES = Path(__file__).resolve().parent.parent / "src/main/resources/io/trustpipeline/spacy"
CHARACTERS = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def cased(c):
    return (c + "Σ").lower()[-1] == "ς"


PREDICATES = {
    "space": str.isspace,
    "alpha": str.isalpha,
    "digit": str.isdigit,
    "upper": str.isupper,
    "lower": str.islower,
    "title": lambda c: unicodedata.category(c) == "Lt",
    "currency": lambda c: unicodedata.category(c) == "Sc",
    "punct": lambda c: unicodedata.category(c).startswith("P"),
    "other": lambda c: unicodedata.category(c).startswith("C"),
    "nonspacing": lambda c: unicodedata.category(c) == "Mn",
    # The two properties that decide how a capital sigma is lowered; a character of both counts as ignorable.
    "cased": cased,
    "ignorable": lambda c: not cased(c) and ("A" + c + "Σ").lower()[-1] == "ς",
    "re_word": lambda c: re.match(r"\w", c),
    "re_digit": lambda c: re.match(r"\d", c),
    "re_space": lambda c: re.match(r"\s", c),
}


def ranges(predicate):
    start = None
    for c in [*CHARACTERS, None]:
        if c is not None and predicate(c):
            start = ord(c) if start is None else start
            end = ord(c)
            if 0xD7FF == end:
                yield start, end
                start = None
        elif start is not None:
            yield start, end
            start = None


def write(path, lines):
    (RESOURCES / path).write_text("\n".join(lines) + "\n", encoding="utf8")


write("regex/unicode14.txt", [
    *(" ".join([name, *(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in ranges(p))]) for name, p in PREDICATES.items()),
    " ".join(["lowercase", *(f"{ord(c):x}={'+'.join(f'{ord(x):x}' for x in c.lower())}" for c in CHARACTERS if c.lower() != c)]),
    " ".join(["same_case", *(f"{a:x}={'+'.join(f'{x:x}' for x in b)}" for a, b in _casefix._EXTRA_CASES.items())]),
])
write("text/symbols.txt", [f"{i} {name}" for name, i in sorted(IDS.items(), key=lambda x: x[1]) if name])
write("text/numbers_en.txt", sorted([*_num_words, *_ordinal_words]))
write("text/stop_words_en.txt", sorted(STOP_WORDS))
write("text/top_level_domains.txt", sorted(_tlds))
write("text/url_pattern.txt", [URL_MATCH.__self__.pattern])
write("text/base_norms.txt", [f"{key} {value}" for key, value in BASE_NORMS.items()])
