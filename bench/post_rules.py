"""The four rules that look at the spans of one comment after scoring, in plain Python.

They only trim and flag, they never delete. All offsets count Unicode code points. This module is
an oracle for the Java implementation: it is written from the requirement, not from the Java.

    python -m doctest bench/post_rules.py
"""

import re
import string
from collections import Counter
from dataclasses import dataclass

import emoji

TRIMMED = set(string.punctuation) - set("!?")
DELETE_PUNCTUATION = str.maketrans("", "", string.punctuation)
COUNTED_WORD = re.compile(r"\b\w\w+\b")


@dataclass
class Span:
    theme: str
    text: str
    start_char: int
    end_char: int
    relevant: int = 1


def apply_rules(comment: str, spans: list[Span]) -> list[Span]:
    """All rules, in order, over the spans of one comment."""
    for span in spans:
        flag_emoji(span)
        trim_punctuation(span, comment)
    flag_overlaps(spans)
    return spans


def flag_emoji(span: Span) -> None:
    """Rule 1: a span with a code point that is an emoji by itself is not relevant.

    >>> [emoji.is_emoji(c) for c in "\u263a\u2764\U0001f44d\u2122"]
    [True, True, True, True]
    >>> [any(map(emoji.is_emoji, s)) for s in ("\U0001f1ec\U0001f1e7", "1\ufe0f\u20e3", "\u26e4", "\u2698")]
    [False, False, False, False]
    """
    if any(emoji.is_emoji(char) for char in span.text):
        span.relevant = 0


def trim_punctuation(span: Span, comment: str) -> None:
    """Rule 2: no trailing blanks and ASCII punctuation but ! and ?; then one ! or ? of what follows is taken in."""
    start, end = span.start_char, span.end_char
    if not (0 <= start <= end <= len(comment)) or span.text != comment[start:end]:
        return
    while end > start and (comment[end - 1].isspace() or comment[end - 1] in TRIMMED):
        end -= 1
    if end < len(comment) and comment[end] in "!?":
        end += 1
    span.end_char = end
    span.text = comment[start:end]


def flag_overlaps(spans: list[Span]) -> None:
    """Rules 3 and 4: of two spans of a comment and theme that overlap, the shorter (or else the later) is not relevant."""
    for i, first in enumerate(spans):
        for second in spans[i + 1:]:
            if first.theme == second.theme and overlap(first, second):
                loser = first if len(first.text) < len(second.text) else second
                loser.relevant = 0


def overlap(a: Span, b: Span) -> bool:
    """Touching or crossing ranges whose words are nearly the same.

    >>> overlap(Span("t", "the nurse was so kind", 0, 21), Span("t", "nurse was so kind", 4, 21))
    True
    >>> overlap(Span("t", "very kind staff", 0, 15), Span("t", "kind staff and helpful", 5, 27))
    False
    """
    if a.end_char < b.start_char or b.end_char < a.start_char:
        return False
    words_a, words_b = plain(a.text), plain(b.text)
    return bool(set(words_a.split()) & set(words_b.split())) and similar(words_a, words_b)


def plain(text: str) -> str:
    return text.translate(DELETE_PUNCTUATION).lower()


def similar(a: str, b: str) -> bool:
    """Whether the cosine of the word counts is above 0.7, in whole numbers: 100 dot² > 49 |a|² |b|²."""
    counts_a, counts_b = Counter(COUNTED_WORD.findall(a)), Counter(COUNTED_WORD.findall(b))
    dot = sum(count * counts_b[word] for word, count in counts_a.items())
    return 100 * dot * dot > 49 * square(counts_a) * square(counts_b)


def square(counts: Counter) -> int:
    return sum(count * count for count in counts.values())
