#!/usr/bin/env python3
"""Write the character tables of Hugging Face's tokenizers, as they come out of the library itself.

    pip install tokenizers==0.15.2 && python3.11 bench/make_piece_tables.py

The library's tables are of several ages: the classes of byte-level BPE are those of Unicode 14.0, the punctuation of BERT
is older. So every character is put through it, and what it does is written down.
"""
from pathlib import Path

from tokenizers import Regex
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer, Split

TARGET = Path(__file__).resolve().parent.parent / "src/main/resources/io/trustpipeline/spacy/transformer/pieces/characters.txt"
CHARACTERS = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def bert(**on):
    return BertNormalizer(**{"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False, **on}).normalize_str


def matched(pattern):
    """A character is of the class when the split isolates it from a letter and a digit beside it."""
    split = Split(Regex(pattern), "isolated").pre_tokenize_str
    return lambda c: (c, (1, 2)) in split("\x01" + c + "\x01")


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
    mapping("bert_stripped", strip, HANGUL),
    mapping("bert_lower", lower),
]) + "\n", encoding="ascii")
