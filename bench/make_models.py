"""Build small span models that differ in what real models differ in, and what spaCy makes of texts with them.

    python bench/make_models.py --texts src/test/resources/spacy/golden/care.jsonl.gz \\
        --own bench/own_comments.txt --foreign bench/foreign_comments.txt \\
        --out src/test/resources/spacy [--only x-name]

The weights are random and spread: biases and gains are not left at 0 and 1 (so that padding shows), and
the last layer is scaled so that scores range over 0..1 and a few candidates in a hundred pass. Goldens
are made from the packed archive, after a round trip. Same files every time with the pinned versions.
"""

import argparse
import json
import random
import re
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.lookups import Lookups, load_lookups
from spacy.symbols import NORM, ORTH
from spacy.vectors import Vectors

from golden import read_lines, write
from pack_models import pack
from spacy_oracle import load

Config = dict
UGLY, OWN, VADER, DENSE = 32, 18, 12, 15


# ------------------------------------------------------------------------------------------- parts of a config

def multi_hash(width: int, attrs: list[str], rows: list[int], depth: int = 2, window: int = 1, pieces: int = 3,
               vectors: bool = False) -> Config:
    return {"@architectures": "spacy.Tok2Vec.v2",
            "embed": {"@architectures": "spacy.MultiHashEmbed.v2", "width": width, "attrs": attrs, "rows": rows,
                      "include_static_vectors": vectors},
            "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": width, "depth": depth,
                       "window_size": window, "maxout_pieces": pieces}}


def cnn(width: int, depth: int, rows: int, window: int = 1, pieces: int = 3, subwords: bool = True,
        vectors: bool = False, version: int = 2) -> Config:
    return {"@architectures": f"spacy.HashEmbedCNN.v{version}", "width": width, "depth": depth, "embed_size": rows,
            "window_size": window, "maxout_pieces": pieces, "subword_features": subwords, "pretrained_vectors": vectors}


def legacy(width: int) -> Config:
    return {"@architectures": "spacy.Tok2Vec.v1",
            "embed": {"@architectures": "spacy.MultiHashEmbed.v1", "width": width, "attrs": ["NORM", "SHAPE"],
                      "rows": [300, 100], "include_static_vectors": False},
            "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v1", "width": width, "depth": 3,
                       "window_size": 1, "maxout_pieces": 2}}


def listener(width: int, upstream: str = "*") -> Config:
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": upstream}


def ngrams(*sizes: int) -> Config:
    return {"@misc": "spacy.ngram_suggester.v1", "sizes": list(sizes)}


def ngram_range(low: int, high: int) -> Config:
    return {"@misc": "spacy.ngram_range_suggester.v1", "min_size": low, "max_size": high}


def preset(key: str) -> Config:
    return {"@misc": "spacy.preset_spans_suggester.v1", "spans_key": key}


def spancat(tok2vec: Config, suggester: Config, labels: list[str], hidden: int = 32, **more) -> Config:
    return {"factory": "spancat", "labels": labels, "suggester": suggester, "spans_key": "sc", "threshold": 0.5,
            "model": {"@architectures": "spacy.SpanCategorizer.v1", "tok2vec": tok2vec,
                      "reducer": {"@layers": "spacy.mean_max_reducer.v1", "hidden_size": hidden},
                      "scorer": {"@layers": "spacy.LinearLogistic.v1"}}, **more}


def singlelabel(tok2vec: Config, suggester: Config, labels: list[str], hidden: int = 32, temperature: float = 1.0,
                **more) -> Config:
    part = spancat(tok2vec, suggester, labels, hidden, **more)
    del part["threshold"]
    part["factory"] = "spancat_singlelabel"
    part["model"]["scorer"] = {"@layers": "Softmax.v2", "temperature": temperature}
    return part


def finder(tok2vec: Config, **more) -> Config:
    return {"factory": "span_finder", "spans_key": "found", "threshold": 0.5,
            "model": {"@architectures": "spacy.SpanFinder.v1", "tok2vec": tok2vec,
                      "scorer": {"@layers": "spacy.LinearLogistic.v1", "nO": 2}}, **more}


def tok2vec(model: Config) -> Config:
    return {"factory": "tok2vec", "model": model}


# ------------------------------------------------------------------------------------------------ the variants

@dataclass
class Variant:
    about: str
    components: dict[str, Config]
    lang: str = "en"
    disabled: list[str] = field(default_factory=list)
    prepare: Callable[[Language, list[str]], None] | None = None
    finish: Callable[[Language], None] | None = None
    pass_rate: float = 0.06
    foreign: bool = False


def word_vectors(width: int) -> Callable[[Language, list[str]], None]:
    """Vectors for every second word of the texts, several words to a row, and for words that no text has."""
    def prepare(nlp: Language, texts: list[str]) -> None:
        words = sorted({token.text for text in texts for token in nlp.make_doc(text)})
        keys = words[::2] + [f"unseen{i}" for i in range(40)]
        rows = max(1, len(keys) // 2)
        data = np.random.default_rng(9).normal(0, 0.5, (rows, width)).astype("float32")
        nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=data, keys=[nlp.vocab.strings.add(k) for k in keys[:rows]])
        for i, key in enumerate(keys[rows:]):
            nlp.vocab.vectors.add(nlp.vocab.strings.add(key), row=i * 7 % rows)
    return prepare


def norm_table(nlp: Language, texts: list[str]) -> None:
    """The norms of spacy-lookups-data and some of our own."""
    table = load_lookups("en", ["lexeme_norm"]).get_table("lexeme_norm")
    norms = {key: value for key, value in table.items()} | {
        nlp.vocab.strings.add(key): value for key, value in
        {"nurse": "carer", "Thank": "THANKS", "👍": "good", "…": "dots", "number": "digit", "I": "me", "n't": "NOT"}.items()}
    lookups = Lookups()
    lookups.add_table("lexeme_norm", norms)
    nlp.vocab.lookups = lookups


def own_tokenizer(nlp: Language, texts: list[str]) -> None:
    """Special cases with blanks, emoji and norms, and a token_match."""
    for orths in (["New York"], ["N H S"], ["👍👍"], ["c/o"], ["w/e"]):
        nlp.tokenizer.add_special_case(orths[0], [{ORTH: orth} for orth in orths])
    nlp.tokenizer.add_special_case("thx", [{ORTH: "th", NORM: "thank"}, {ORTH: "x", NORM: "you"}])
    nlp.tokenizer.add_special_case(":-)", [{ORTH: ":-)", NORM: "smile"}])
    nlp.tokenizer.add_special_case("(N H S)", [{ORTH: "("}, {ORTH: "N H S", NORM: "nhs"}, {ORTH: ")"}])
    nlp.tokenizer.token_match = re.compile(r"[A-Z]\d+$|\d+/\d+").match


def plain_tokenizer(nlp: Language, texts: list[str]) -> None:
    """No suffixes, no url_match, other infixes, every exception in the phrase matcher."""
    nlp.tokenizer.suffix_search = None
    nlp.tokenizer.url_match = None
    nlp.tokenizer.infix_finditer = re.compile(r"[-–,.](?=\w)|(?<=[a-z])\d+").finditer
    nlp.tokenizer.faster_heuristics = False


def set_cfg(component: str, **values) -> Callable[[Language], None]:
    return lambda nlp: nlp.get_pipe(component).cfg.update(values)


FOUR = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
SEVEN = [f"L{i}" for i in range(7)]
SIGNS = ["POS", "NEG"]
SMALL = multi_hash(32, FOUR, [250, 60, 120, 60])
MEDIUM = multi_hash(48, ["NORM", "SHAPE"], [250, 50], depth=1)


def usual(**more) -> dict[str, Config]:
    """A tok2vec, and a span categorizer that listens to it."""
    return {"tok2vec": tok2vec(SMALL), "spancat": spancat(listener(32), ngrams(1, 2), SIGNS, **more)}


VARIANTS: dict[str, Variant] = {
    "x-narrow": Variant("width 32, depth 1, window 3, 2 pieces, [ORTH] in 50 rows, one label, hidden 20, threshold 0.1",
        {"tok2vec": tok2vec(multi_hash(32, ["ORTH"], [50], depth=1, window=3, pieces=2)),
         "spancat": spancat(listener(32), ngrams(1, 2), ["ONLY"], hidden=20, threshold=0.1)}),
    "x-lower-shape": Variant("own tok2vec, depth 2, window 2, 4 pieces, [LOWER, SHAPE] in 777 and 50 rows, sizes [2, 5], 7 labels, max_positive 2",
        {"spancat": spancat(multi_hash(32, ["LOWER", "SHAPE"], [777, 50], window=2, pieces=4), ngrams(2, 5), SEVEN, hidden=20, max_positive=2)},
        pass_rate=0.12),
    "x-columns": Variant("six columns with SPACY and IS_SPACE, depth 6, 1 piece, range 1-3, key \"themes\"",
        {"tok2vec": tok2vec(multi_hash(32, FOUR + ["SPACY", "IS_SPACE"], [250, 60, 120, 60, 50, 50], depth=6, pieces=1)),
         "spancat": spancat(listener(32), ngram_range(1, 3), SIGNS, spans_key="themes")}),
    "x-hidden-200": Variant("width 24, hidden 200, three sizes",
        {"tok2vec": tok2vec(multi_hash(24, ["NORM", "SUFFIX"], [200, 100])),
         "spancat": spancat(listener(24), ngrams(1, 2, 3), SIGNS, hidden=200)}),
    "x-width-40": Variant("width 40, depth 2, 3 pieces, hidden 20",
        {"tok2vec": tok2vec(multi_hash(40, ["LOWER", "PREFIX"], [200, 60])), "spancat": spancat(listener(40), ngrams(1, 2), SIGNS, hidden=20)}),
    "x-width-48": Variant("width 48, hidden 64, a gap between the sizes",
        {"tok2vec": tok2vec(MEDIUM), "spancat": spancat(listener(48), ngrams(1, 4), SIGNS, hidden=64)}),
    "x-width-64": Variant("width 64, depth 2, 1 piece",
        {"tok2vec": tok2vec(multi_hash(64, ["NORM", "SPACY"], [200, 50], pieces=1)), "spancat": spancat(listener(64), ngrams(1, 2), SIGNS)}),
    "x-width-72": Variant("width 72, 1 piece, threshold 0.75",
        {"tok2vec": tok2vec(multi_hash(72, ["NORM"], [150], depth=1, pieces=1)),
         "spancat": spancat(listener(72), ngrams(1, 2), SIGNS, hidden=20, threshold=0.75)}),
    "x-flags": Variant("columns that are flags and a number: IS_ALPHA, IS_DIGIT, LENGTH, IS_UPPER, IS_TITLE, IS_LOWER, IS_ASCII; width 40",
        {"tok2vec": tok2vec(multi_hash(40, ["IS_ALPHA", "IS_DIGIT", "LENGTH", "IS_UPPER", "IS_TITLE", "IS_LOWER", "IS_ASCII"],
                                       [50, 50, 64, 50, 50, 50, 50], pieces=1)),
         "spancat": spancat(listener(40), ngrams(1, 2, 3), SIGNS, hidden=20)}),
    "x-flags-marks": Variant("flags of punctuation (IS_PUNCT, IS_BRACKET, IS_QUOTE, IS_CURRENCY, IS_LEFT_PUNCT, IS_RIGHT_PUNCT) beside ORTH; may be refused",
        {"tok2vec": tok2vec(multi_hash(24, ["ORTH", "IS_PUNCT", "IS_BRACKET", "IS_QUOTE", "IS_CURRENCY", "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT"],
                                       [100] + [50] * 6, depth=1)),
         "spancat": spancat(listener(24), ngrams(1, 2), SIGNS, hidden=20)}),
    "x-flags-words": Variant("flags that the language's code decides (LIKE_NUM, LIKE_URL, LIKE_EMAIL, IS_STOP) beside ORTH; may be refused",
        {"tok2vec": tok2vec(multi_hash(24, ["ORTH", "LIKE_NUM", "LIKE_URL", "LIKE_EMAIL", "IS_STOP"], [100] + [50] * 4, depth=1)),
         "spancat": spancat(listener(24), ngrams(1, 2), SIGNS, hidden=20)}),
    "x-vectors": Variant("static vectors of width 24 (shared rows, words that no text has), tok2vec width 80",
        {"tok2vec": tok2vec(multi_hash(80, ["NORM"], [100], depth=1, pieces=1, vectors=True)),
         "spancat": spancat(listener(80), ngrams(1, 2, 3), SIGNS, hidden=20)}, prepare=word_vectors(24)),
    "x-cnn-norm": Variant("HashEmbedCNN without subwords, width 64, max_positive 1 on a plain spancat, overlaps not allowed",
        {"spancat": spancat(cnn(64, 1, 333, pieces=2, subwords=False), ngram_range(1, 4), ["A", "B", "C"], hidden=20, max_positive=1)},
        finish=set_cfg("spancat", allow_overlap=False)),
    "x-cnn-vectors": Variant("HashEmbedCNN with subwords and static vectors, depth 3, window 2, 2 pieces, sizes in falling order",
        {"spancat": spancat(cnn(32, 3, 301, window=2, pieces=2, vectors=True), ngrams(3, 1), SIGNS, hidden=20)},
        prepare=word_vectors(10)),
    "x-cnn-legacy": Variant("HashEmbedCNN.v1 of spacy-legacy",
        {"spancat": spancat(cnn(32, 2, 200, version=1), ngrams(1, 2, 3), SIGNS)}),
    "x-legacy": Variant("Tok2Vec.v1, MultiHashEmbed.v1, MaxoutWindowEncoder.v1 of spacy-legacy, depth 3",
        {"tok2vec": tok2vec(legacy(40)), "spancat": spancat(listener(40), ngrams(1, 2), SIGNS)}),
    "x-single": Variant("spancat_singlelabel, overlaps allowed, softmax temperature 2",
        {"tok2vec": tok2vec(SMALL), "spancat": singlelabel(listener(32), ngrams(1, 2, 3), ["A", "B", "C"], temperature=2.0, allow_overlap=True)}),
    "x-single-apart": Variant("spancat_singlelabel, one label, overlaps not allowed, sizes up to 6",
        {"tok2vec": tok2vec(MEDIUM), "spancat": singlelabel(listener(48), ngram_range(1, 6), ["ONLY"], allow_overlap=False)}, pass_rate=0.15),
    "x-max-one": Variant("plain spancat, max_positive 1, overlaps allowed, threshold 0.3",
        {"tok2vec": tok2vec(MEDIUM), "spancat": spancat(listener(48), ngrams(1, 3), ["A", "B"], max_positive=1, threshold=0.3)}),
    "x-two-spancats": Variant("two span categorizers on one tok2vec, keys \"sc\" and \"themes\"",
        usual() | {"themes": singlelabel(listener(32), ngram_range(2, 4), ["CARE", "WAIT"], spans_key="themes", allow_overlap=False)}),
    "x-two-tok2vecs": Variant("two tok2vecs of one width, the listener names the first: the last one that ran is heard",
        {"first": tok2vec(SMALL), "second": tok2vec(multi_hash(32, ["ORTH", "SHAPE"], [300, 50], depth=1)),
         "spancat": spancat(listener(32, "first"), ngrams(1, 2, 3), SIGNS)}),
    "x-finder": Variant("span_finder without length limits feeding a preset suggester, all on one tok2vec",
        {"tok2vec": tok2vec(SMALL), "span_finder": finder(listener(32), min_length=None, max_length=None),
         "spancat": spancat(listener(32), preset("found"), SIGNS)}, pass_rate=0.2),
    "x-finder-own": Variant("span_finder and spancat with a tok2vec each, lengths 2 to 5, threshold 0.2",
        {"span_finder": finder(multi_hash(32, ["LOWER"], [200], depth=1), min_length=2, max_length=5, threshold=0.2),
         "spancat": spancat(multi_hash(40, ["NORM", "SUFFIX"], [150, 60], depth=1), preset("found"), SIGNS)}, pass_rate=0.3),
    "x-company": Variant("a sentencizer, a tagger and a text classifier beside it",
        {"sentencizer": {"factory": "sentencizer", "punct_chars": ["."]},  # more would be saved in any order
         "tok2vec": tok2vec(SMALL),
         "tagger": {"factory": "tagger", "model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener(32)}},
         "textcat": {"factory": "textcat", "model": {"@architectures": "spacy.TextCatBOW.v3", "exclusive_classes": True,
                                                      "ngram_size": 1, "no_output_layer": False, "length": 1024}},
         "spancat": spancat(listener(32), ngrams(1, 2, 3), SIGNS)}),
    "x-disabled": Variant("a second tok2vec and a second spancat, both disabled in config.cfg",
        usual() | {"other_tok2vec": tok2vec(multi_hash(32, ["ORTH"], [100], depth=1)),
                   "other_spancat": spancat(cnn(24, 1, 60), ngrams(1), ["X"], hidden=20)}, disabled=["other_tok2vec", "other_spancat"]),
    "x-deaf": Variant("the tok2vec is disabled: the listener hears zeros, every candidate scores the same",
        usual(), disabled=["tok2vec"]),
    "x-late": Variant("the tok2vec comes after the spancat: zeros again", dict(reversed(usual().items()))),
    "x-deep": Variant("own tok2vec of width 24, depth 6, window 3, 2 pieces: 18 rows of padding on each side",
        {"spancat": spancat(multi_hash(24, ["NORM", "PREFIX"], [300, 60], depth=6, window=3, pieces=2), ngrams(1, 2, 3), SIGNS)}),
    "x-xx": Variant("language xx", usual(), lang="xx", foreign=True),
    "x-de": Variant("language de", usual(), lang="de", foreign=True),
    "x-fr": Variant("language fr, whose tokenizer has a token_match", usual(), lang="fr", foreign=True),
    "x-norms": Variant("a lexeme_norm table: the one of spacy-lookups-data, with entries of our own",
        {"tok2vec": tok2vec(multi_hash(32, ["NORM"], [777], pieces=2)), "spancat": spancat(listener(32), ngrams(1, 2), SIGNS)},
        prepare=norm_table),
    "x-tokenizer": Variant("special cases with blanks, emoji and norms, and a token_match", usual(), prepare=own_tokenizer, foreign=True),
    "x-tokenizer-plain": Variant("no suffix rule, no url_match, other infixes, faster_heuristics off", usual(),
        prepare=plain_tokenizer, foreign=True),
}


# ------------------------------------------------------------------------------------------------- the building

def build(variant: Variant, texts: list[str], seed: int) -> Language:
    """The pipeline with random weights, its last layers scaled to the texts."""
    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank(variant.lang)
    if variant.prepare:
        variant.prepare(nlp, texts)
    for name, component in variant.components.items():
        settings = {key: value for key, value in component.items() if key not in ("factory", "labels")}
        pipe = nlp.add_pipe(component["factory"], name=name, config=settings)
        for label in component.get("labels", {"tagger": ["NN", "VB"], "textcat": ["YES", "NO"]}.get(component["factory"], [])):
            pipe.add_label(label)
    lookups = nlp.vocab.lookups
    nlp.config["initialize"]["lookups"] = None
    nlp.initialize()
    nlp.vocab.lookups = lookups
    rng = np.random.default_rng(seed)
    for _, pipe in nlp.pipeline:
        if hasattr(pipe, "model"):
            unsettle(pipe.model, rng)
    for name in variant.disabled:
        nlp.disable_pipe(name)
    if variant.finish:
        variant.finish(nlp)
    docs = [nlp.make_doc(text) for text in texts]
    for name, pipe in nlp.pipeline:
        if nlp.get_pipe_meta(name).factory in ("spancat", "spancat_singlelabel", "span_finder"):
            calibrate(pipe, docs, variant.pass_rate)
        docs = list(pipe.pipe(docs))
    return nlp


def unsettle(model, rng: np.random.Generator) -> None:
    """Gives the biases and gains, which start at 0 and 1, and weights that start at 0, values of their own."""
    for node in model.walk():
        if node.has_param("W") and not node.get_param("W").any():
            node.set_param("W", rng.normal(0, 0.3, node.get_param("W").shape).astype("float32"))
        for name, middle in (("b", 0.0), ("G", 1.0)):
            if node.has_param(name):
                values = node.get_param(name)
                node.set_param(name, (middle + rng.normal(0, 0.3, values.shape)).astype("float32"))


def calibrate(pipe, docs: list, pass_rate: float) -> None:
    """Scales the last layer so that its inputs to the sigmoid or softmax spread by about 2 and `pass_rate` passes."""
    last = [node for node in pipe.model.get_ref("scorer").walk() if node.has_param("W")][-1]
    weights, bias = np.array(last.get_param("W")), np.array(last.get_param("b"))
    flat = [doc for doc in docs if len(doc)]
    hidden = inputs_of(last, lambda: pipe.predict(flat))
    raw = hidden @ weights.T
    spread = raw.std(axis=0)
    constant = spread < 1e-4
    scale = np.where(constant, 1.0, 2.0 / np.where(constant, 1.0, spread))
    weights *= scale[:, None]
    raw = raw * scale
    centre = raw.mean(axis=0)
    if last.name == "softmax":
        bias = -centre
        lead = (raw + bias)[:, :-1].max(axis=1) - (raw + bias)[:, -1]
        bias[-1] += cut(lead, pass_rate)
    else:
        threshold = pipe.cfg["threshold"]
        cuts = [centre[i] + (1 if i else -1) if constant[i] else cut(raw[:, i], pass_rate) for i in range(len(centre))]
        bias = np.log(threshold / (1 - threshold)) - np.array(cuts)
    last.set_param("W", weights.astype("float32"))
    last.set_param("b", bias.astype("float32"))


def cut(values: np.ndarray, pass_rate: float) -> float:
    """A value that about `pass_rate` of them exceed, in the middle of the widest gap thereabouts."""
    ordered = np.sort(values)
    low, high = (int(len(ordered) * (1 - rate)) for rate in (1.3 * pass_rate, 0.7 * pass_rate))
    at = max(range(low, min(high, len(ordered) - 2) + 1), key=lambda i: ordered[i + 1] - ordered[i])
    return float(ordered[at] + ordered[at + 1]) / 2


def inputs_of(layer, call: Callable[[], object]) -> np.ndarray:
    """What a layer is fed while `call` runs."""
    fed, forward = [], layer._func
    layer._func = lambda model, X, is_train: (fed.append(np.array(X)), forward(model, X, is_train))[1]
    try:
        call()
    finally:
        layer._func = forward
    return np.concatenate(fed)


def chosen_texts(name: str, variant: Variant, golden: list[dict], own: list[str], foreign: list[str]) -> list[dict]:
    """About sixty texts, another choice for each variant; the ids are positions."""
    rng = random.Random(name)
    ugly = [line for line in golden if line["kind"] == "ugly"]
    vader = [line for line in golden if line["kind"] != "ugly" and len(line["text"]) < 600]
    picked = rng.sample(ugly, UGLY) if not variant.foreign else ugly[:60]
    texts = [("ugly", line["text"]) for line in picked]
    texts += [("own", text) for text in rng.sample([text for text in own if len(text) < 900], OWN)]
    texts += [(line["kind"], line["text"]) for line in rng.sample(vader, VADER)]
    texts += [("foreign", text) for text in foreign] if variant.foreign else []
    return [{"id": i, "kind": kind, "text": text} for i, (kind, text) in enumerate(texts)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, required=True, help="a golden file with permitted texts")
    parser.add_argument("--own", type=Path, required=True)
    parser.add_argument("--foreign", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder that holds models/ and golden/")
    parser.add_argument("--only", nargs="*", default=list(VARIANTS))
    args = parser.parse_args()
    golden = read_lines(args.texts)
    own = [json.loads(line) for line in args.own.read_text("utf8").splitlines()]
    foreign = [json.loads(line) for line in args.foreign.read_text("utf8").splitlines()]
    for name in args.only:
        variant = VARIANTS[name]
        texts = chosen_texts(name, variant, golden, own, foreign)
        nlp = build(variant, [text["text"] for text in texts], zlib.crc32(name.encode()) % 2**31)
        archive = args.out / "models" / f"{name}.tar.gz"
        with tempfile.TemporaryDirectory() as folder:
            nlp.to_disk(folder)
            size = pack(Path(folder), archive, "model-best")
        counts = write(load(archive), texts, args.out / "golden" / f"{name}.jsonl.gz",
                       args.out / "golden" / f"{name}.dense.jsonl.gz", DENSE)
        print(f"{name}: {size} bytes, {counts}", flush=True)


if __name__ == "__main__":
    main()
