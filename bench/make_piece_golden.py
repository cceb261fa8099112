#!/usr/bin/env python3
"""Makes small tokenizers of many kinds, and how they cut texts that were put together to be difficult.

    python bench/make_piece_golden.py src/test/resources/spacy/pieces

Needs the packages that make_transformer_golden.py needs, and curated-tokenizers. For each tokenizer NAME.json.gz: its files
(base64), whether it is a fast one, and cases: text, piece ids, and, of fast ones, offsets. NAME is `sentencepiece` for the library
itself, whose file stands alone.
"""

import base64
import gzip
import json
import random
import sys
import tempfile
from pathlib import Path

from curated_tokenizers import SentencePieceProcessor
from transformers import AutoTokenizer, BertTokenizer, CamembertTokenizer, MPNetTokenizer, XLMRobertaTokenizer

import make_transformer_golden as made

ODD = [
    " ", "  ", "   ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u2028", "\u3000", "\u0085", "\u000b", "\u001c", "\u0000", "\u0001", "\u200b",
    "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u0301", "\u0327", "\u0308", "\u0903", "\u0e33", "\u0600", "\u06dd", "\ufe0f", "\u20e3",
    "\u1100", "\u1161", "\u11a8", "\uac00", "\uac01", "❤", "☃", "©", "®", "™", "🙂", "👩", "🏽", "🇬", "🇧", "\U000e0067", "\U000e007f", "\U0001faf6",
    "ﬁ", "ﬃ", "ﬆ", "Ａ", "ｂ", "！", "　", "㎏", "℡", "½", "①", "Ⅷ", "ﷺ", "\ufdfb", "ｶ", "ﾞ", "Å", "é", "e\u0301", "İ", "ı", "Σ", "ς", "ẞ", "ǅ", "ΐ", "ŉ",
    "▁", "▁▁", "<s>", "</s>", "<unk>", "<pad>", "<mask>", " <mask> ", "＜s＞", "＜unk＞", "[CLS]", "[SEP]", "[MASK]", "[UNK]", "[sep]", "<MASK>", "<S>",
    ".", ",", "!", "?", "'", "’", "“", "”", "-", "—", "…", "...", "_", "#", "##", "a", "b", "Z", "0", "9", "١", "१", "好", "你好", "\ufffd", "\ue000", "𝒜", "\u0378",
]
TEXTS = 1200


def texts():
    chosen = random.Random(11)
    words = [word for text in [*made.OWN, *made.FOREIGN] for word in text.split()]
    for _ in range(TEXTS):
        yield "".join(chosen.choice(words) + chosen.choice(["", " "]) if chosen.random() < 0.3 else chosen.choice(ODD)
                      for _ in range(chosen.randint(1, 14)))
    yield from [*made.NASTY, *made.NORMALIZED]


def save(target, name, folder, tokenizer):
    cases = []
    for text in texts():
        out = tokenizer(text, return_offsets_mapping=tokenizer.is_fast)
        cases.append([text, out["input_ids"], out["offset_mapping"] if tokenizer.is_fast else None])
    kinds = ("tokenizer",) if tokenizer.is_fast else ("tokenizer_config", "vocab", "merges", "sentencepiece")
    names = [path.name for path in sorted(folder.iterdir()) if path.name.startswith(kinds)]
    write(target, name, {"files": {file: encoded(folder / file) for file in names}, "fast": tokenizer.is_fast, "cases": cases})


def encoded(file):
    return base64.b64encode(file.read_bytes()).decode()


def write(target, name, golden):
    with gzip.GzipFile(target / f"{name}.json.gz", "wb", mtime=0) as out:
        out.write(json.dumps(golden).encode())
    print(name, len(golden["cases"]), "texts", flush=True)


def fast(target, name, encoder):
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        encoder(folder)
        save(target, name, folder, AutoTokenizer.from_pretrained(folder))


def slow(target, name, encoder, kind, **settings):
    """Trained as the fast one, saved by the slow one alone."""
    with tempfile.TemporaryDirectory() as temporary, tempfile.TemporaryDirectory() as other:
        encoder(Path(temporary))
        for leftover in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"):
            (Path(temporary) / leftover).unlink(missing_ok=True)
        kind.from_pretrained(temporary, **settings).save_pretrained(other)
        save(target, name, Path(other), kind.from_pretrained(other))


def library(target):
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(made.pieces_by_likelihood(Path(temporary)))
        model = SentencePieceProcessor.from_file(str(file))
        cases = [[text, model.encode_as_ids(text), None] for text in texts() if "\0" not in text]
        write(target, "sentencepiece", {"files": {file.name: encoded(file)}, "fast": False, "cases": cases})


def main(target):
    target.mkdir(parents=True, exist_ok=True)
    fast(target, "xlm-roberta", made.xlm_roberta)
    fast(target, "xlm-roberta-words", lambda folder: made.xlm_roberta(folder, True))
    fast(target, "camembert", made.camembert)
    fast(target, "roberta", made.roberta)
    fast(target, "bert", lambda folder: made.bert(folder, True))
    slow(target, "xlm-roberta-slow", made.xlm_roberta, XLMRobertaTokenizer)
    slow(target, "camembert-slow", made.camembert, CamembertTokenizer)
    slow(target, "bert-slow", lambda folder: made.bert(folder, True), BertTokenizer)
    slow(target, "bert-cased-slow", lambda folder: made.bert(folder, False), BertTokenizer, do_lower_case=False)
    slow(target, "bert-accents-slow", lambda folder: made.bert(folder, True), BertTokenizer, strip_accents=False, tokenize_chinese_chars=False)
    slow(target, "mpnet-slow", made.mpnet, MPNetTokenizer)
    library(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
