#!/usr/bin/env python3
"""Write what spaCy's tokenizers make of random strings put together from nasty pieces.

    python bench/make_tokenizer_golden.py [--texts 2000] [--to src/test/resources/spacy/text] en de fr xx

Needs spaCy (made with 3.8.18 on CPython 3.11). For each language: LANG.tar.gz, a blank model's config, tokenizer and
vocabulary, and LANG.jsonl.gz, a text a line with its tokens, the spaces after them (1 or 0) and their NORM and flags
(a bit each, numbered as in spacy.attrs).
"""
import argparse
import gzip
import io
import json
import random
import tarfile
import tempfile
from pathlib import Path

import spacy
from spacy.symbols import IDS

SPACES = [" ", " ", " ", " ", "  ", "   ", "\n", "\r\n", "\t", " \n", "\n\n ", "\u00a0", "\u2009", "\u2028", "\u3000", "\x1c", "\x85"]
GLUE = ["", "", "", "", "-", "--", "—", "–", "/", "'", "’", ".", "..", "...", "…", ",", ":", ";", "@", "_", "~", "+", "*", "^", "=", "<", ">", "&", "#", "%", "\u200b", "\ufeff", "\u00ad", "\u0301", "\u200d"]
AFFIXES = list("()[]{}<>\"'`´‘’“”„«»!?¿¡.,:;…%§$€£¥₹+-*#&@^~|\\/=_°№™®©→☺") + ["''", "``", "!!!", "?!", "....", "..", "--", "US$", "C$", "(((", ")))", "\U0001F600", "\U0001F468\u200d\U0001F469\u200d\U0001F467", "\U0001F1EB\U0001F1F7", "\u2764\ufe0f"]
WORDS = """the The THE cat don't Don’t can't cannot won't I'm I’m you're it's its we'll they've he'd gonna gotta y'all o'clock
rock-n-roll well-known e-mail mother-in-law U.S. U.K. e.g. i.e. a.m. p.m. 10a.m. Dr. Mr. Ph.D. vs. etc. No. St. J. AT&T R&D
10 10,000 3.14 1/2 ½ 10km 5kg 20% 30°C 30°C. 100mg 4GB 2m² 50€ $50 £3.20 US$5 1st 2nd 10:30 2020-01-31 31/12/1999 +49 #tag @user
http://example.com https://www.example.co.uk/a/b?c=d&e=f#g www.x.org example.com foo@bar.com mailto:a.b@c.de ftp://1.2.3.4:80/x 10.0.0.1
lower.Upper Upper.lower a.b aB fooBar foo,bar foo, bar and/or either/or C++ C# .NET node.js x=1 a<b b>=c a:b k:v A.B.C. no.1 x.y.z
:) :-) :( ;-) :D xD <3 ^_^ (^_^) (╯°□°）╯︵┻━┻ ¯\\_(ツ)_/¯ o_O :’( ’Cause 'Cause 'em ’em nothin' nothin’ 'S ’s 's 're ain’t
Straße GROẞE über Ärger z.B. d.h. usw. bzw. 'ne geht's Ich's Nr. 3. Okt. S'il l'homme aujourd'hui qu'il jusqu'à entr'ouvert rendez-vous
peut-être c'est-à-dire sous-préfet grand'mère L'Haÿ-les-Roses Saint-Étienne n'est-ce-pas M. Mme. av. J.-C. d’abord presqu’île quelqu’un
naïve café cafe\u0301 Ελλάδα ΣΊΣΥΦΟΣ ΟΔΟΣ Привет мир שלום مرحبا 你好世界 こんにちは 한국어 हिन्दी ไทย ქართული İstanbul ISPARTA ıŞıK ﬁn Ⅷ ² ① ٣ ǅ Ǆungla
a1 1a ab12cd A1B2 aaaaaaaa AAAAA 1111111 !!!!!!! xXxXxX \u0000 \u0007 \ufffd \U0001D400\U0001D401 \U00020000 ’’ ‘‘ number root agent X _ ID""".split()


def word(rng, rules):
    kind = rng.random()
    if kind < 0.6:
        return rng.choice(WORDS)
    if kind < 0.8:
        return rng.choice(rules)
    if kind < 0.9:
        return "".join(rng.choice("abcdeXYZ019.,-'’/") for _ in range(rng.randint(1, 8)))
    if kind < 0.94:
        return rng.choice("ab(1.!") * rng.randint(1, 120)
    return "".join(chr(rng.choice([rng.randint(33, 0x24F), rng.randint(0x250, 0xD7FF), rng.randint(0xE000, 0x1FFFF)])) for _ in range(rng.randint(1, 4)))


def chunk(rng, rules):
    text = word(rng, rules)
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 4])):
        text += rng.choice(GLUE) + word(rng, rules)
    before = "".join(rng.choice(AFFIXES) for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 4])))
    after = "".join(rng.choice(AFFIXES) for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 4])))
    return before + text + after


def text(rng, rules):
    parts = [rng.choice(SPACES)] if rng.random() < 0.1 else []
    for _ in range(rng.randint(1, 6)):
        parts += [chunk(rng, rules), rng.choice(SPACES)]
    return "".join(parts[:-1] if rng.random() < 0.8 else parts)


FLAGS = [i for name, i in IDS.items() if name.startswith(("IS_", "LIKE_")) and "DEPRECATED" not in name]


def golden(nlp, text):
    doc = nlp.make_doc(text)
    assert doc.text == text
    return {
        "text": text,
        "tokens": [t.text for t in doc],
        "spaces": "".join("1" if t.whitespace_ else "0" for t in doc),
        "norms": [t.norm_ for t in doc],
        "flags": [sum(1 << f for f in FLAGS if t.check_flag(f)) for t in doc],
    }


def gz(path, data):
    with gzip.GzipFile(path, "wb", 9, mtime=0) as out:
        out.write(data)


def archive(nlp):
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=buffer, mode="w") as tar:
        nlp.to_disk(folder)
        for name in ("config.cfg", "tokenizer", "vocab/lookups.bin"):
            info = tarfile.TarInfo("model/" + name)
            data = (Path(folder) / name).read_bytes()
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("languages", nargs="+")
    arguments.add_argument("--texts", type=int, default=2000)
    arguments.add_argument("--to", type=Path, default=Path(__file__).resolve().parent.parent / "src/test/resources/spacy/text")
    options = arguments.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    for language in options.languages:
        nlp = spacy.blank(language)
        rng = random.Random(language)
        rules = sorted(nlp.tokenizer.rules) or ["a"]
        lines = [json.dumps(golden(nlp, text(rng, rules)), ensure_ascii=False, separators=(",", ":")) for _ in range(options.texts)]
        gz(options.to / f"{language}.tar.gz", archive(nlp))
        gz(options.to / f"{language}.jsonl.gz", "\n".join(lines).encode("utf8"))


main()
