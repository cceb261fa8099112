#!/usr/bin/env python3
"""Write what CPython's re finds with random patterns in random texts: src/test/resources/spacy/regex/python.jsonl.gz

    python3.11 bench/make_regex_golden.py
"""
import gzip
import json
import random
import re
import warnings
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/test/resources/spacy/regex/python.jsonl.gz"
LETTERS = ["a", "b", "B", "1", ".", " ", "-", "é", "É", "😀", "\n", "_", "ſ", "K", "²", "\u0301"]
ESCAPES = {".": r"\.", "-": r"\-", "\n": r"\n", "é": r"\u00e9", "😀": r"\U0001F600", "_": "_", "1": r"\x31", "a": r"\141"}
CLASSES = [r"\w", r"\W", r"\d", r"\D", r"\s", r"\S", ".", "[ab]", "[^ab]", "[a-b1]", r"[\w.]", "[]a]", "[^]a-]", "[a[b&&1]", "[é-ÿ]", r"[^\s.]", "[\U0001F600-\U0001F64F1-9]", r"[\-a]", "[-1]", r"[\W\d]"]
PLACES = ["^", "$", r"\b", r"\B", r"\A", r"\Z"]
COUNTS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{,2}", "{2,}", "{1,3}?", "{0,1}"]

random.seed(20)


def literal():
    c = random.choice(LETTERS)
    return ESCAPES[c] if c in ESCAPES and (c in ".\n" or random.random() < 0.5) else c


def one():
    return literal() if random.random() < 0.65 else random.choice(CLASSES)


def atom(depth):
    kind = random.random()
    if depth <= 0 or kind < 0.6:
        return one()
    if kind < 0.66:
        return random.choice(PLACES)
    if kind < 0.76:
        width = random.randint(1, 2)
        branches = ["".join(one() for _ in range(width)) for _ in range(random.randint(1, 2))]
        return random.choice(["(?<=", "(?<!"]) + "|".join(branches) + ")"
    if kind < 0.84:
        return random.choice(["(?=", "(?!"]) + choice(depth - 1) + ")"
    return random.choice(["(", "(?:", "(?P<g>" if depth == 3 else "(?:", "(?i:"]) + choice(depth - 1) + ")"


def piece(depth):
    part = atom(depth)
    if random.random() < 0.35 and part not in PLACES and not part.startswith(("(?=", "(?!", "(?<")):
        part += random.choice(COUNTS)
    return part


def choice(depth):
    branches = ["".join(piece(depth) for _ in range(random.randint(1, 4))) for _ in range(random.choice([1, 1, 1, 2, 2, 3]))]
    return "|".join(branches)


def affixes():
    """The form of spaCy's own prefixes and suffixes."""
    parts = ["".join(piece(1) for _ in range(random.randint(1, 2))) for _ in range(random.randint(2, 6))]
    return "|".join("^" + p for p in parts) if random.random() < 0.5 else "|".join(p + "$" for p in parts)


def endless(parsed):
    """Whether there is an unlimited repeat of what may be empty, which is refused."""
    for op, value in parsed:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            _, most, body = value
            if (most == re._parser.MAXREPEAT and body.getwidth()[0] == 0) or endless(body):
                return True
        elif name == "BRANCH" and any(map(endless, value[1])):
            return True
        elif name in ("SUBPATTERN", "ASSERT", "ASSERT_NOT") and endless(value[-1]):
            return True
    return False


def main():
    warnings.simplefilter("ignore")
    lines = []
    while len(lines) < 6000:
        source = affixes() if random.random() < 0.3 else choice(3)
        if random.random() < 0.15:
            source = "(?iu)" + source
        try:
            pattern = re.compile(source)
        except re.error:
            continue
        if endless(re._parser.parse(source)):
            continue
        text = "".join(random.choice(LETTERS) for _ in range(random.randint(0, 12)))
        found = [list(m.span()) for m in pattern.finditer(text)]
        match, search = pattern.match(text), pattern.search(text)
        lines.append(json.dumps([source, text, found, match and match.end(), search and list(search.span())], separators=(",", ":")))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with gzip.GzipFile(TARGET, "wb", 9, mtime=0) as out:
        out.write("\n".join(lines).encode())


main()
