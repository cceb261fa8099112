"""Write cases for the post-rules: spans of one comment, and what the rules make of them.

    python bench/make_post_rules.py --own bench/own_comments.txt --out src/test/resources/score/post-rules.jsonl \\
        --emoji src/test/resources/score/emoji-code-points.json

Hand-written cases mark their spans by the exact text (and which occurrence); the generated ones lay
random word ranges over our own comments, cut at awkward places. The second file holds the code
points that are an emoji by themselves, as [first, last] ranges. Same output every time.
"""

import argparse
import json
import random
import re
import sys
from pathlib import Path

import emoji

from post_rules import Span, apply_rules

CASES_IN_ALL = 300
MAX_TEXT = 400
Mark = tuple[str, str] | tuple[str, str, int]

# text, then (theme, span text[, occurrence]) in the order in which the model would give them
HAND: list[tuple[str, list[Mark]]] = [
    # rule 4, the examples of the requirement
    ("the nurse was so kind", [("A", "the nurse was so kind"), ("A", "nurse was so kind")]),
    ("very kind staff and helpful", [("A", "very kind staff"), ("A", "kind staff and helpful")]),
    # rule 1
    ("☺", [("A", "☺")]), ("I ❤ this place", [("A", "❤ this")]), ("good 👍 work", [("A", "good 👍")]),
    ("Trust™ is earned", [("A", "Trust™")]), ("© and ® too", [("A", "©"), ("A", "®")]),
    ("thanks 🇬🇧 friends", [("A", "thanks 🇬🇧"), ("A", "🇬🇧")]), ("step 1️⃣ wait", [("A", "step 1️⃣"), ("A", "1️⃣ wait")]),
    ("⛤ and ⚘", [("A", "⛤"), ("A", "⚘")]), ("one #️⃣ two", [("A", "one #️⃣")]), ("❤️", [("A", "❤️")]),
    ("👩🏽‍⚕️ was kind", [("A", "👩🏽‍⚕️"), ("A", "was kind")]), ("🏽 alone", [("A", "🏽")]), ("🏳️‍🌈 flag", [("A", "🏳️‍🌈")]),
    ("🇬 half a flag", [("A", "🇬")]), ("joined\u200dup", [("A", "joined\u200dup")]), ("variation\ufe0f", [("A", "variation\ufe0f")]),
    ("♥ ♡ ★ ☆ ✓ ✔ → ➡", [("A", c) for c in "♥♡★☆✓✔→➡"]), ("ℹ Ⓜ ㊗ ㊙ 🅰 〰 ‼ ⁉", [("A", c) for c in "ℹⓂ㊗㊙🅰〰‼⁉"]),
    ("🫠 new, 🦖 old", [("A", "🫠"), ("A", "🦖")]), (":-) is only text", [("A", ":-)")]), ("𝓀𝒾𝓃𝒹 𠮷", [("A", "𝓀𝒾𝓃𝒹"), ("A", "𠮷")]),
    # rule 1 with rule 2: the emoji keeps its flag though offsets move
    ("👍 great!!", [("A", "👍 great")]), ("great 👍.", [("A", "great 👍.")]), ("👍👍👍 very kind...", [("A", "very kind...")]),
    # rule 2
    ("very kind.", [("A", "very kind.")]), ("very kind...", [("A", "very kind...")]), ("very kind , ", [("A", "very kind , ")]),
    ("very kind!", [("A", "very kind!")]), ("very kind!", [("A", "very kind")]), ("very kind!!!", [("A", "very kind")]),
    ("very kind!!!", [("A", "very kind!")]), ("very kind!!!", [("A", "very kind!!!")]), ("really?!", [("A", "really")]),
    ("really?!", [("A", "really?")]), ("really .?", [("A", "really .")]), ("really.!", [("A", "really.")]), ("so kind !", [("A", "so kind ")]),
    ("so kind !", [("A", "so kind")]), ("\"so kind\"!", [("A", "\"so kind\"")]), ("kind! nurse", [("A", "kind! ")]),
    ("kind !. nurse", [("A", "kind !. ")]), ("(kind)", [("A", "(kind)")]), ("kind'", [("A", "kind'")]), ("kind’", [("A", "kind’")]),
    ("kind”", [("A", "kind”")]), ("kind…", [("A", "kind…")]), ("kind–", [("A", "kind–")]), ("kind—.", [("A", "kind—.")]),
    ("kind。", [("A", "kind。")]), ("kind！", [("A", "kind")]), ("¡kind!", [("A", "¡kind")]), ("kind？", [("A", "kind？")]),
    ("kind\u00a0.\u00a0", [("A", "kind\u00a0.\u00a0")]), ("kind\u2003", [("A", "kind\u2003")]), ("kind\u200b.", [("A", "kind\u200b.")]),
    ("kind\x85", [("A", "kind\x85")]), ("kind\x1f,", [("A", "kind\x1f,")]), ("kind\ufeff.", [("A", "kind\ufeff.")]),
    ("kind\r\n!", [("A", "kind\r\n")]), ("kind\t?", [("A", "kind\t")]), ("kind_", [("A", "kind_")]), ("kind$", [("A", "kind$")]),
    ("kind£", [("A", "kind£")]), ("kind^~`|", [("A", "kind^~`|")]), ("a+b=", [("A", "a+b=")]), ("kind ¿", [("A", "kind ¿")]),
    # rule 2, only punctuation: empty, still relevant
    ("good ... bad", [("A", "...")]), ("...", [("A", "...")]), (" . ", [("A", " . ")]), ("--!", [("A", "--")]), ("!?", [("A", "!?")]),
    ("???", [("A", "?")]), ("?!?!", [("A", "?", 1)]), ("  !", [("A", "  ")]), ("wait...!", [("A", "...")]), ("\"\"", [("A", "\"\""), ("A", "\"")]),
    # rule 2, offsets after astral characters
    ("👍👍 so kind.", [("A", "so kind.")]), ("𠮷野家 so kind!", [("A", "so kind")]), ("😀so kind,😀", [("A", "so kind,"), ("A", "😀", 1)]),
    # rule 4: ties, order, adjacency, chains
    ("kind nurse kind nurse", [("A", "kind nurse"), ("A", "kind nurse", 1)]), ("kind nurse. kind nurse", [("A", "kind nurse."), ("A", "kind nurse", 1)]),
    ("kind nursekind nurse", [("A", "kind nurse"), ("A", "kind nurse", 1)]), ("kind nursekind nurse", [("A", "kind nurse", 1), ("A", "kind nurse")]),
    ("kind nurse!kind nurse", [("A", "kind nurse"), ("A", "kind nurse", 1)]), ("kind nurse", [("A", "kind nurse"), ("A", "kind nurse")]),
    ("kind nurse", [("A", "kind nurse"), ("B", "kind nurse")]), ("kind nurse", [("A", "nurse"), ("A", "kind nurse"), ("A", "kind")]),
    ("a kind nurse", [("A", "kind nurse"), ("A", "a kind nurse")]), ("a kind nurse", [("A", "a kind nurse"), ("A", "kind nurse")]),
    ("I", [("A", "I"), ("A", "I")]), ("I a", [("A", "I"), ("A", "I a")]), ("x x x", [("A", "x x"), ("A", "x x x")]),
    ("ok ok", [("A", "ok"), ("A", "ok ok")]), ("very very very kind", [("A", "very very very kind"), ("A", "very very kind"), ("A", "very kind"), ("A", "kind")]),
    ("VERY KIND very kind", [("A", "VERY KIND"), ("A", "VERY KIND very kind"), ("A", "very kind")]), ("Kind, nurse", [("A", "Kind, nurse"), ("A", "nurse"), ("A", "Kind")]),
    ("well-kept ward", [("A", "well-kept ward"), ("A", "well-kept"), ("A", "kept ward")]), ("don't stop", [("A", "don't stop"), ("A", "don't"), ("A", "n't stop"), ("A", "'t stop")]),
    ("don’t stop", [("A", "don’t stop"), ("A", "don’t")]), ("kind nurse 👍", [("A", "kind nurse 👍"), ("A", "kind nurse")]),
    ("👍 kind nurse", [("A", "👍"), ("A", "👍 kind nurse"), ("A", "kind nurse")]), ("kind nurses", [("A", "kind nurses"), ("A", "kind nurse")]),
    ("aa bb cc dd ee ff gg hh ii jj kk ll mm", [("A", "aa bb cc dd ee ff gg hh ii jj"), ("A", "dd ee ff gg hh ii jj kk ll mm")]),
    ("aa bb cc dd", [("A", "aa bb cc"), ("A", "bb cc dd")]), ("aa bb cc dd ee", [("A", "aa bb cc dd"), ("A", "bb cc dd ee")]),
    ("aa bb", [("A", "aa bb"), ("A", "aa")]), ("aa aa bb", [("A", "aa aa bb"), ("A", "aa")]), ("aa bb bb", [("A", "aa bb bb"), ("A", "bb bb")]),
    ("straße STRASSE", [("A", "straße"), ("A", "straße STRASSE")]), ("İyi iyi", [("A", "İyi"), ("A", "İyi iyi")]), ("ΟΔΟΣ οδος", [("A", "ΟΔΟΣ"), ("A", "ΟΔΟΣ οδος")]),
    ("cafe\u0301 good", [("A", "cafe\u0301 good"), ("A", "cafe\u0301")]), ("医生 很好", [("A", "医生 很好"), ("A", "医生")]), ("co_op café", [("A", "co_op café"), ("A", "co_op")]),
    ("24/7 care", [("A", "24/7 care"), ("A", "24/7")]), ("é è à", [("A", "é è à"), ("A", "é è")]), ("½ ¼ of it", [("A", "½ ¼ of it"), ("A", "½ ¼")]),
    ("one two", []), ("", []),
]

ALPHABET = ["kind", "Kind", "KIND", "nurse", "nurses", "very", "so", "a", "I", "the", "was", "care", "doctor's", "don’t",
            "don't", "24/7", "👍", "❤️", "🇬🇧", "☺", "™", "...", "!", "!!", "?", "?!", ",", ".", "—", "…", "naïve", "é", "_x_", "𠮷野"]


def located(text: str, marks: list[Mark]) -> list[Span]:
    spans = []
    for theme, part, *occurrence in marks:
        at = -1
        for _ in range(1 + (occurrence[0] if occurrence else 0)):
            at = text.index(part, at + 1)
        spans.append(Span(theme, part, at, at + len(part)))
    return spans


def random_text(own: list[str], rng: random.Random) -> str:
    if rng.random() < 0.4:
        return rng.choice(own)
    words = [rng.choice(ALPHABET) for _ in range(rng.randint(2, 12))]
    return "".join(word + rng.choice([" ", " ", " ", "", "  ", "\r\n"]) for word in words).strip() or "kind"


def random_spans(text: str, rng: random.Random) -> list[Span]:
    """Ranges of neighbouring words around one place, so that they often overlap; sometimes cut one character wide or short."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    centre = rng.randrange(len(words))
    spans = []
    for _ in range(rng.randint(1, 6)):
        first = max(0, centre - rng.randint(0, 3))
        last = min(len(words) - 1, first + rng.choice([0, 1, 1, 2, 3, 5]))
        start, end = words[first][0], words[last][1] + rng.choice([0, 0, 0, 0, 1, -1])
        end = min(max(end, start + 1), len(text))
        spans.append(Span(rng.choice("AAAB"), text[start:end], start, end))
    return spans


def case(text: str, spans: list[Span]) -> str:
    given = [{"theme": s.theme, "start_char": s.start_char, "end_char": s.end_char} for s in spans]
    expected = [{"theme": s.theme, "text": s.text, "start_char": s.start_char, "end_char": s.end_char,
                 "relevant": s.relevant} for s in apply_rules(text, spans)]
    return json.dumps({"text": text, "spans": given, "expected": expected}, ensure_ascii=True)


def emoji_ranges() -> list[list[int]]:
    ranges: list[list[int]] = []
    for point in range(sys.maxunicode + 1):
        if emoji.is_emoji(chr(point)):
            if ranges and ranges[-1][1] == point - 1:
                ranges[-1][1] = point
            else:
                ranges.append([point, point])
    return ranges


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--own", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--emoji", type=Path, required=True)
    args = parser.parse_args()
    rng = random.Random(4)
    own = [text for text in map(json.loads, args.own.read_text("utf8").splitlines()) if len(text) <= MAX_TEXT]
    lines = [case(text, located(text, marks)) for text, marks in HAND]
    while len(lines) < CASES_IN_ALL:
        text = random_text(own, rng)
        lines.append(case(text, random_spans(text, rng)))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text("\n".join(lines) + "\n", "utf8")
    args.emoji.write_text(json.dumps(emoji_ranges()) + "\n", "utf8")
    print(len(HAND), "hand-written of", len(lines))


if __name__ == "__main__":
    main()
