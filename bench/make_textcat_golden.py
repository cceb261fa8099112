#!/usr/bin/env python3
"""Makes small text categorizers of every architecture, and the scores that spaCy gives with them.

    python bench/make_textcat_golden.py src/test/resources/spacy/textcat

Needs the packages of bench/transformers/requirements.txt, installed with --no-deps. For each pipeline: NAME.tar.gz, the
directory that spaCy saves; NAME.jsonl.gz, for each text the scores in doc.cats. Pipelines are trained for some seconds on
comments labelled by a word or two that they have: enough for scores that differ from text to text.
"""

import gzip
import json
import random
import sys
import tarfile
import tempfile
from pathlib import Path

import spacy
import torch
from spacy.training import Example

from make_transformer_golden import OWN, STRIDED, bert, texts

WORDS = {"CARE": ("kind", "care", "gentle", "thank"), "TIME": ("wait", "time", "hour", "late"), "TALK": ("listen", "explain", "told", "question")}


def tok2vec(width=16):
    return {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": width, "depth": 2, "embed_size": 300,
            "window_size": 1, "maxout_pieces": 2, "subword_features": True}


def words(version, exclusive, size, output=True):
    length = {"length": 3000} if version == "v3" else {}
    return {"@architectures": f"spacy.TextCatBOW.{version}", "exclusive_classes": exclusive, "ngram_size": size,
            "no_output_layer": not output, **length}


def convolution(version, exclusive):
    return {"@architectures": f"spacy.TextCatCNN.{version}", "exclusive_classes": exclusive, "tok2vec": tok2vec()}


def reduced(exclusive, *reductions, inner=None):
    flags = {f"use_reduce_{name}": name in reductions for name in ("first", "last", "max", "mean")}
    return {"@architectures": "spacy.TextCatReduce.v1", "exclusive_classes": exclusive, "tok2vec": inner or tok2vec(), **flags}


def ensemble(linear, inner=None):
    return {"@architectures": "spacy.TextCatEnsemble.v2", "tok2vec": inner or tok2vec(), "linear_model": linear}


LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 16, "upstream": "*"}
TRANSFORMER = {"@architectures": "spacy-transformers.TransformerListener.v1", "grad_factor": 1.0, "upstream": "*",
               "pooling": {"@layers": "reduce_mean.v1"}}
PIPELINES = {
    "bow1": words("v1", True, 2),
    "bow2-multilabel": words("v2", False, 1),
    "bow3": words("v3", True, 3),
    "bow3-multilabel": words("v3", False, 2),
    "bow3-no-output": words("v3", True, 1, output=False),
    "cnn1": convolution("v1", True),
    "cnn2-multilabel": convolution("v2", False),
    "reduce-all": reduced(True, "first", "last", "max", "mean"),
    "reduce-some-multilabel": reduced(False, "max", "first"),
    "ensemble": ensemble(words("v3", True, 1)),
    "ensemble-multilabel-listener": ensemble(words("v2", False, 2, output=False), LISTENER),
    "attention": {"@architectures": "spacy.TextCatParametricAttention.v1", "exclusive_classes": True, "tok2vec": tok2vec()},
    "ensemble-transformer": ensemble(words("v3", True, 1), TRANSFORMER),
    "reduce-transformer-multilabel": reduced(False, "mean", "last", inner=TRANSFORMER),
}


def examples(nlp, multilabel):
    chosen = []
    for text in OWN:
        found = [label for label, stems in WORDS.items() if any(stem in text.lower() for stem in stems)] or ["CARE"]
        kept = found if multilabel else found[:1]
        chosen.append(Example.from_dict(nlp.make_doc(text), {"cats": {label: float(label in kept) for label in WORDS}}))
    return chosen


def pipeline(folder, name, model):
    multilabel = "multilabel" in name
    nlp = spacy.blank("en")
    if "transformer" in name:
        bert(folder, True)
        nlp.add_pipe("transformer", config={"model": {
            "@architectures": "spacy-transformers.TransformerModel.v3", "name": str(folder),
            "get_spans": {**STRIDED, "window": 24, "stride": 16}, "tokenizer_config": {"use_fast": True}}})
    if "listener" in name:
        nlp.add_pipe("tok2vec", config={"model": tok2vec()})
    nlp.add_pipe("textcat_multilabel" if multilabel else "textcat", config={"model": model})
    chosen = examples(nlp, multilabel)
    optimizer = nlp.initialize(lambda: chosen)
    optimizer.learn_rate = 0.01 if "transformer" not in name else 0.001
    shuffle = random.Random(11)
    for _ in range(4):
        shuffle.shuffle(chosen)
        for batch in spacy.util.minibatch(chosen, 32):
            nlp.update(batch, sgd=optimizer)
    return nlp


def main(target):
    target.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    for name, model in PIPELINES.items():
        torch.manual_seed(3)
        spacy.util.fix_random_seed(3)
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "encoder"
            folder.mkdir()
            nlp = pipeline(folder, name, model)
            saved = Path(temporary) / name
            nlp.to_disk(saved)
            config = (saved / "config.cfg").read_text("utf8").replace(str(folder), "encoder")
            (saved / "config.cfg").write_text(config, "utf8")
            with tarfile.open(target / f"{name}.tar.gz", "w:gz") as archive:
                archive.add(saved, name)
            lines = [{"text": text, "cats": nlp(text).cats} for text in texts()]
            with gzip.GzipFile(target / f"{name}.jsonl.gz", "wb", mtime=0) as out:
                out.write("".join(json.dumps(line, ensure_ascii=True) + "\n" for line in lines).encode())
            best = [max(line["cats"], key=line["cats"].get) for line in lines]
            print(name, len(lines), "texts,", {label: best.count(label) for label in WORDS}, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
