"""Build tiny pipelines that must be refused when they are loaded, and say what the refusal should name.

    python bench/make_refused.py --out src/test/resources/spacy/refused

Most are saved by spaCy itself with a part that cannot be run without Python or torch; some are
damaged afterwards by hand. refused.json maps each archive to a word that the error should contain.
"""

import argparse
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.vectors import Vectors

from make_models import Config, listener, multi_hash, ngrams, spancat, tok2vec
from pack_models import pack

WIDTH = 16
USUAL = multi_hash(WIDTH, ["NORM", "SHAPE"], [50, 50], depth=1, pieces=2)


def pipeline(embed: Config | None = None, encode: Config | None = None, before: dict[str, Config] | None = None,
             after: dict[str, Config] | None = None, prepare: Callable[[Language], None] | None = None) -> Language:
    """A small tok2vec and spancat, with another embedding or encoder, and other components around the spancat."""
    model = {**USUAL, **({"embed": embed} if embed else {}), **({"encode": encode} if encode else {})}
    spacy.util.fix_random_seed(1)
    nlp = spacy.blank("en")
    if prepare:
        prepare(nlp)
    parts = {"tok2vec": tok2vec(model), **(before or {}),
             "spancat": spancat(listener(WIDTH), ngrams(1, 2), ["POS", "NEG"], hidden=16), **(after or {})}
    for name, part in parts.items():
        pipe = nlp.add_pipe(part["factory"], name=name, config={k: v for k, v in part.items() if k not in ("factory", "labels")})
        for label in part.get("labels", []):
            pipe.add_label(label)
    vectors = nlp.vocab.vectors
    nlp.config["initialize"]["lookups"] = None
    nlp.initialize()
    nlp.vocab.vectors = vectors
    return nlp


def floret(nlp: Language) -> None:
    data = np.random.default_rng(2).normal(0, 1, (20, 8)).astype("float32")
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, mode="floret", data=data, minn=3, maxn=4, hash_count=2,
                                hash_seed=7, bow="<", eow=">")


# archive name: (pipeline, word that the refusal should contain)
SAVED: dict[str, tuple[Callable[[], Language], str]] = {
    "character-embed": (lambda: pipeline(embed={"@architectures": "spacy.CharacterEmbed.v2", "width": WIDTH, "rows": 50,
                                                "nM": 8, "nC": 4, "include_static_vectors": False}), "CharacterEmbed"),
    "mish-encoder": (lambda: pipeline(encode={"@architectures": "spacy.MishWindowEncoder.v2", "width": WIDTH,
                                              "window_size": 1, "depth": 1}), "MishWindowEncoder"),
    "floret-vectors": (lambda: pipeline(embed={"@architectures": "spacy.MultiHashEmbed.v2", "width": WIDTH, "attrs": ["NORM"],
                                               "rows": [50], "include_static_vectors": True}, prepare=floret), "floret"),
    "tag-column": (lambda: pipeline(embed={"@architectures": "spacy.MultiHashEmbed.v2", "width": WIDTH, "attrs": ["NORM", "TAG"],
                                           "rows": [50, 50], "include_static_vectors": False}), "TAG"),
    "span-ruler": (lambda: pipeline(after={"span_ruler": {"factory": "span_ruler", "spans_key": "sc"}}), "span_ruler"),
    "merge-entities": (lambda: pipeline(before={"merge_entities": {"factory": "merge_entities"}}), "merge_entities"),
    "merge-noun-chunks": (lambda: pipeline(before={"merge_noun_chunks": {"factory": "merge_noun_chunks"}}), "merge_noun_chunks"),
    "token-splitter": (lambda: pipeline(before={"token_splitter": {"factory": "token_splitter", "min_length": 5, "split_length": 3}}), "token_splitter"),
}


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        text = (folder / file).read_text("utf8")
        assert old in text, (file, old)
        (folder / file).write_text(text.replace(old, new), "utf8")
    return damage


def cut_short(file: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        data = (folder / file).read_bytes()
        (folder / file).write_bytes(data[:len(data) * 2 // 3])
    return damage


def remove(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).unlink()


# archive name: (damage to a good pipeline, word that the refusal should contain)
DAMAGED: dict[str, tuple[Callable[[Path], None], str]] = {
    "unknown-factory": (replace("config.cfg", 'factory = "spancat"', 'factory = "acme_span_machine"'), "acme_span_machine"),
    "unknown-suggester": (replace("config.cfg", "spacy.ngram_suggester.v1", "acme.noun_suggester.v1"), "acme.noun_suggester.v1"),
    "unknown-architecture": (replace("config.cfg", "spacy.SpanCategorizer.v1", "acme.SpanModel.v1"), "acme.SpanModel.v1"),
    "unknown-reducer": (replace("config.cfg", "spacy.mean_max_reducer.v1", "acme.sum_reducer.v1"), "acme.sum_reducer.v1"),
    "bilstm-in-config": (replace("config.cfg", "spacy.MaxoutWindowEncoder.v2", "spacy.TorchBiLSTMEncoder.v1"), "TorchBiLSTMEncoder"),
    "missing-component": (replace("config.cfg", '"tok2vec", "spancat"', '"tok2vec", "spancat", "ghost"'), "ghost"),
    "missing-config": (remove("config.cfg"), "config.cfg"),
    "missing-tokenizer": (remove("tokenizer"), "tokenizer"),
    "missing-spancat-model": (remove("spancat/model"), "spancat/model"),
    "truncated-tok2vec-model": (cut_short("tok2vec/model"), "tok2vec/model"),
    "truncated-tokenizer": (cut_short("tokenizer"), "tokenizer"),
    "label-too-many": (replace("spancat/cfg", '"NEG"', '"NEG",\n    "EXTRA"'), "spancat"),
    "broken-cfg-json": (cut_short("spancat/cfg"), "spancat/cfg"),
    "broken-regex": (lambda folder: None, "prefix_search"),
}


def break_regex(nlp: Language) -> None:
    """A conditional group: Python compiles it, most other regex engines do not."""
    nlp.tokenizer.prefix_search = re.compile(r"^(\()?(?(1)\)|[\"'])").search


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    expected = {}
    jobs = [(name, make, None, word) for name, (make, word) in SAVED.items()]
    jobs += [(name, pipeline, damage, word) for name, (damage, word) in DAMAGED.items()]
    for name, make, damage, word in jobs:
        nlp = make()
        if name == "broken-regex":
            break_regex(nlp)
        with tempfile.TemporaryDirectory() as folder:
            nlp.to_disk(folder)
            if damage:
                damage(Path(folder))
            size = pack(Path(folder), args.out / f"{name}.tar.gz", "model-best")
        expected[name] = word
        print(f"{name}: {size} bytes, {word}")
    (args.out / "refused.json").write_text(json.dumps(expected, indent=2) + "\n", "utf8")


if __name__ == "__main__":
    main()
