#!/usr/bin/env python3
"""Makes small random pipelines of spacy-curated-transformers, and what spaCy does with them.

    python bench/make_curated_golden.py src/test/resources/spacy/curated

Needs the packages of bench/transformers/requirements.txt, sentencepiece==0.2.0 and spacy-curated-transformers==0.3.1, installed with
--no-deps.
The files are as those of make_transformer_golden.py, without windows and offsets, which these pipelines do not have in
tokens; `pieces` are those of the whole text.
"""

import gzip
import json
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy
import spacy
import torch
from curated_tokenizers import ByteBPEProcessor, SentencePieceProcessor, WordPieceProcessor
from spacy.training import Example

from make_transformer_golden import NORMALIZED, encoded, pieces_by_likelihood, roberta, texts, word_pieces

SIZES = dict(hidden_width=36, intermediate_width=60, num_attention_heads=3, num_hidden_layers=2, max_position_embeddings=140,
             model_max_length=138, attention_probs_dropout_prob=0.1, hidden_dropout_prob=0.1, hidden_act="gelu")
PREFIX = "spacy-curated-transformers."
PIPELINES = {
    "curated-roberta": dict(kind="Roberta", encoder="ByteBpeEncoder", window=48, stride=32),
    "curated-roberta-odd": dict(kind="Roberta", encoder="ByteBpeEncoder", window=9, stride=4, pooling="reduce_max.v1"),
    "curated-xlmr": dict(kind="Xlmr", encoder="XlmrSentencepieceEncoder", window=40, stride=28),
    "curated-camembert": dict(kind="Camembert", encoder="CamembertSentencepieceEncoder", window=24, stride=24, pooling="reduce_last.v1"),
    "curated-bert": dict(kind="Bert", encoder="BertWordpieceEncoder", window=20, stride=20, pooling="reduce_first.v1"),
    "curated-bert-plain": dict(kind="Bert", encoder="WordpieceEncoder", window=32, stride=24, pooling="reduce_last.v1", lower=True),
}


def pieces(folder, encoder, lower, model):
    if encoder == "ByteBpeEncoder":
        roberta(folder)
        processor = ByteBPEProcessor.load_from_files(vocab=folder / "vocab.json", merges=folder / "merges.txt")
        model.attrs["byte_bpe_processor"] = processor
        return len(processor.vocab)
    if "Sentencepiece" in encoder:
        processor = SentencePieceProcessor.from_file(pieces_by_likelihood(folder))
        model.get_ref("encoder").attrs["sentencepiece_processor"] = processor
        return len(processor) + 5
    word_pieces(folder, lower)
    processor = WordPieceProcessor.from_file(str(folder / "vocab.txt"))
    model.attrs.update(wordpiece_processor=processor, lowercase=lower, strip_accents=lower)
    return len(processor.to_list())


def pipeline(folder, kind, encoder, window, stride, pooling="reduce_mean.v1", lower=False):
    def add(size):
        nlp = spacy.blank("en")
        roberta_like = kind != "Bert"
        sizes = {**SIZES, "padding_idx": 1 if roberta_like else 0, "type_vocab_size": 1 if roberta_like else 2,
                 "layer_norm_eps": 1e-5 if roberta_like else 1e-12}
        nlp.add_pipe("curated_transformer", name="transformer", config={"model": {
            "@architectures": f"{PREFIX}{kind}Transformer.v1", "vocab_size": size, **sizes,
            "piece_encoder": {"@architectures": f"{PREFIX}{encoder}.v1"},
            "with_spans": {"@architectures": f"{PREFIX}WithStridedSpans.v1", "window": window, "stride": stride}}})
        return nlp

    probe = add(100).get_pipe("transformer").model.get_ref("piece_encoder")
    size = pieces(folder, encoder, lower, probe)
    nlp = add(size)
    made = nlp.get_pipe("transformer").model.get_ref("piece_encoder")
    for node, filled in zip(made.walk(), probe.walk()):
        node.attrs.update(filled.attrs)
    pipe = nlp.add_pipe("spancat", config={
        "suggester": {"@misc": "spacy.ngram_suggester.v1", "sizes": [1, 2, 3]},
        "model": {"@architectures": "spacy.SpanCategorizer.v1", "scorer": {"@layers": "spacy.LinearLogistic.v1"},
                  "tok2vec": {"@architectures": f"{PREFIX}LastTransformerLayerListener.v1", "width": 36,
                              "pooling": {"@layers": pooling}},
                  "reducer": {"@layers": "spacy.mean_max_reducer.v1", "hidden_size": 24}}})
    doc = nlp.make_doc("The nurses were kind and the doctor listened.")
    doc.spans["sc"] = [doc.char_span(0, 10, "CARE"), doc.char_span(25, 44, "LISTEN")]
    nlp.initialize(lambda: [Example(nlp.make_doc(doc.text), doc)])
    head = next(node for node in pipe.model.walk() if node.name == "linear")
    head.set_param("W", numpy.random.default_rng(5).normal(0, 0.5, head.get_param("W").shape).astype("f"))
    return nlp


def line(nlp, identity, text):
    doc = nlp(text)
    transformer, pipe = nlp.get_pipe("transformer"), nlp.get_pipe("spancat")
    cut = transformer.model.get_ref("piece_encoder").predict([doc])[0] if len(doc) else None
    candidates, scores = pipe.predict([doc]) if len(doc) else (None, numpy.zeros((0, 2), "f"))
    scores, group = numpy.asarray(scores), doc.spans["sc"]
    spans = [{"start": s.start, "end": s.end, "start_char": s.start_char, "end_char": s.end_char, "label": s.label_, "score": float(x)}
             for s, x in zip(group, numpy.asarray(group.attrs.get("scores", [])).reshape(-1))]
    row = {"id": identity, "text": text, "spans_key": "sc", "spans": spans, "ambiguous": False,
           "min_margin": float(numpy.abs(scores - 0.5).min()) if scores.size else 1.0,
           "pieces": [] if cut is None else cut.data.tolist(), "lengths": [] if cut is None else cut.lengths.tolist()}
    dense = None
    if 0 < len(doc) < 60:
        vectors = pipe.model.get_ref("tok2vec").predict([doc])
        vectors = vectors.data if hasattr(vectors, "lengths") else vectors[0]
        dense = {"id": identity, "cand": [list(map(int, c)) for c in candidates.data], "cand_scores": encoded(scores),
                 "tokvecs": encoded(vectors)}
    return row, dense


def main(target, names):
    target.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    for name, settings in PIPELINES.items():
        if names and name not in names:
            continue
        torch.manual_seed(3)
        spacy.util.fix_random_seed(3)
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "encoder"
            folder.mkdir()
            nlp = pipeline(folder, **settings)
            model = Path(temporary) / name
            nlp.to_disk(model)
            with tarfile.open(target / f"{name}.tar.gz", "w:gz") as archive:
                archive.add(model, name)
            pairs = []
            for identity, text in enumerate(texts() + (NORMALIZED if "Sentencepiece" in settings["encoder"] else [])):
                try:
                    pairs.append(line(nlp, identity, text))
                except (IndexError, ValueError) as failure:  # spaCy's own, where tokens have no piece
                    print(name, "spaCy fails on text", identity, repr(text[:40]), str(failure)[:60])
            for suffix, rows in (("", [a for a, _ in pairs]), (".dense", [b for _, b in pairs if b][::5])):
                with gzip.GzipFile(target / f"{name}{suffix}.jsonl.gz", "wb", mtime=0) as out:
                    out.write("".join(json.dumps(row, ensure_ascii=True) + "\n" for row in rows).encode())
            print(name, len(pairs), "texts", sum(len(a["spans"]) for a, _ in pairs), "spans", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
