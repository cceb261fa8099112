#!/usr/bin/env python3
"""Write the character tables of Hugging Face's tokenizers, as they come out of the library itself.

    pip install tokenizers==0.15.2 && python3.11 bench/make_piece_tables.py

The library's tables are of several ages: the classes of byte-level BPE are those of Unicode 14.0, the punctuation of BERT
is older. So every character is put through it, and what it does is written down.
"""
import struct
import unicodedata
from pathlib import Path

from tokenizers import Regex
from tokenizers.normalizers import BertNormalizer, Precompiled
from tokenizers.pre_tokenizers import BertPreTokenizer, Split

TARGET = Path(__file__).resolve().parent.parent / "src/main/resources/io/trustpipeline/spacy/transformer/pieces/characters.txt"
CHARACTERS = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def bert(**on):
    return BertNormalizer(**{"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False, **on}).normalize_str


def matched(pattern):
    """A character is of the class when the split isolates it from a letter and a digit beside it."""
    split = Split(Regex(pattern), "isolated").pre_tokenize_str
    return lambda c: (c, (1, 2)) in split("\x01" + c + "\x01")


def clusters():
    """Counts grapheme clusters: a character map that takes the first byte of a cluster of less than six bytes for the whole."""
    units = [0] * 1024
    units[0] = 256 << 10
    for byte in range(1, 256):
        units[256 + byte] = 768 << 10 | 1 << 8 | byte
        units[512 + byte] = 1 << 31
    trie = struct.pack("<1024I", *units)
    normalize = Precompiled(struct.pack("<I", len(trie)) + trie + b"x\0").normalize_str
    return lambda text: len(normalize(text))


def ranges(members):
    start = end = None
    for c in map(ord, members):
        if end is not None and c == end + 1:
            end = c
            continue
        if start is not None:
            yield f"{start:x}" if start == end else f"{start:x}-{end:x}"
        start = end = c
    if start is not None:
        yield f"{start:x}" if start == end else f"{start:x}-{end:x}"


def line(name, predicate):
    return " ".join([name, *ranges(c for c in CHARACTERS if predicate(c))])


def mapping(name, function, without=()):
    return " ".join([name, *(f"{ord(c):x}={'+'.join(f'{ord(x):x}' for x in function(c))}" for c in CHARACTERS if c not in without and function(c) != c)])


clean, chinese, strip, lower = bert(clean_text=True), bert(handle_chinese_chars=True), bert(strip_accents=True), bert(lowercase=True)
pieces = BertPreTokenizer().pre_tokenize_str
count = clusters()
PICTURE, JOINER, ACCENT = "\u00a9", "\u200d", "\u0301"
continues = {c for c in CHARACTERS if c != "\0" and count("a" + c) == 1}
keeps = {c for c in continues if count(PICTURE + c + JOINER + PICTURE + ACCENT) == 5}
prepends = {c for c in CHARACTERS if c != "\0" and count(c + "a") == 1}


def controls(c):
    """Longer characters with an accent are looked up one by one; there the category tells."""
    if ord(c) >= 0x10000:
        return unicodedata.category(c) == "Cf" and c not in continues | prepends
    return c == "\0" or count(c + ACCENT) == 2


HANGUL = {chr(c) for c in range(0xAC00, 0xD7A4)}
TARGET.write_text("\n".join([
    line("letter", matched(r"\p{L}")),
    line("number", matched(r"\p{N}")),
    line("space", matched(r"\s")),
    line("bert_removed", lambda c: clean(c) == ""),
    line("bert_blank", lambda c: clean(c) == " "),
    line("bert_chinese", lambda c: chinese(c) != c),
    line("bert_space", lambda c: len(pieces("a" + c + "a")) == 2),
    line("bert_punctuation", lambda c: len(pieces("a" + c + "a")) == 3),
    line("grapheme_extend", lambda c: c in keeps),
    line("grapheme_spacing", lambda c: c in continues - keeps),
    line("grapheme_prepend", lambda c: c in prepends),
    line("grapheme_control", controls),
    line("grapheme_picture", lambda c: c != "\0" and c not in continues and count(PICTURE + JOINER + c) == 3),
    mapping("bert_stripped", strip, HANGUL),
    mapping("bert_lower", lower),
]) + "\n", encoding="ascii")
