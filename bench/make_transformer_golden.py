#!/usr/bin/env python3
"""Makes small random transformer pipelines, and what spaCy does with them, for the transformer tests.

    python bench/make_transformer_golden.py src/test/resources/spacy/transformer [NAME …]

Needs the packages of bench/transformers/requirements.txt and sentencepiece==0.2.0, installed with --no-deps. For each pipeline: NAME.tar.gz, the
directory that spaCy saves; NAME.jsonl.gz, for each text the tokens, windows, piece ids, offsets, alignment and spans;
NAME.dense.jsonl.gz, for some texts the pooled vectors and the scores of all candidates.
"""

import base64
import gzip
import io
import json
import random
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy
import sentencepiece
import spacy
import torch
from spacy.training import Example
from tokenizers import BertWordPieceTokenizer, ByteLevelBPETokenizer
from transformers import AutoModel, BertConfig, BertTokenizerFast, CamembertConfig, CamembertTokenizerFast
from transformers import DistilBertConfig, DistilBertTokenizerFast, ElectraConfig, ElectraTokenizerFast, MPNetConfig
from transformers import MPNetTokenizer, RobertaConfig, RobertaTokenizerFast, XLMRobertaConfig, XLMRobertaTokenizerFast

BENCH = Path(__file__).resolve().parent
OWN = [json.loads(line) for line in (BENCH / "own_comments.txt").read_text("utf8").splitlines() if line.startswith('"')]
FOREIGN = [line for line in (BENCH / "foreign_comments.txt").read_text("utf8").splitlines() if line.strip()]
NASTY = [
    "", " ", "\n", "a", "  two  blanks\n\nand lines\t\ttabs ", "<s>typed</s> <pad><pad> and <mask>, <unk>!",
    "[CLS] typed [SEP] [MASK]x[PAD] [UNK]", "I'm sure they'd say it'll do, we've SEEN IT'S n't", "🙂🙂👩‍👩‍👧‍👦🇬🇧 ok👍🏽!",
    "你好世界 我们很感谢 mixed 中文text", "e\u0301tude café Ångström İstanbul ΣΑΣ ﬁne ½ ² Ⅷ", "한국어 감사합니다",
    "x\u0085y\u00a0z\u200bq\u2028w\x0bv\x0cu\ufeff", "word" * 60, "...!!!???——“quoted” (brackets) [x] a/b_c-d", "١٢٣ 123 १२३ 4th",
    "\u200d\u0301 alone\u0301", "\U0001f9d1\u200d\U0001f33e\U0001fae8 new", " lead", "trail   ",
]
NORMALIZED = [
    "ＦＵＬＬ ｗｉｄｔｈ！ ﬀ ﬁ ﬃ ﬆ ㎏ ℡ ™ ½ ①", "\u3000wide\u3000blanks\u2003\u2009\u202f", "▁marked▁ ▁▁words▁", "＜s＞ ＜unk＞ ＜mask＞ <mask>x <mask>",
    "\u0001\u0002lead", "a\u0001\u0002b", "\u200b\u200b", "e\u0301\u0302\u0327x", "ff\u0301", "ﬁ\u0301 Å\u0327", "\u0041\u030a\u00c5", "ｶﾞｷﾞ ｱﾞ", "각한국",
    "\u0600a \u0e33 กำ ຳ", "❤\ufe0f❤ ☺️ 1️⃣ ©\u200d®", "🏳️‍🌈🏴󠁧󠁢󠁥󠁮󠁧󠁿", "a" * 700, "！" * 120, "∞≠☃𝒜𝓑𝔸", "\ufdfa \ufdfb", "\r\n\r\n", "ﷺ" * 30, "é" * 60, "x" + "\u0301" * 40,
]
SIZES = dict(num_hidden_layers=2, num_attention_heads=3, hidden_size=36, intermediate_size=60, max_position_embeddings=140)


def texts():
    chosen = random.Random(7)
    long = [" ".join(chosen.choices(OWN, k=k)) for k in (4, 12, 40)]
    return [*NASTY, *chosen.sample(OWN, 45), *FOREIGN[:12], *long, "🙂" * 90, "好" * 150]


def corpus():
    return [*OWN, *FOREIGN, *NASTY]


def pieces_by_likelihood(folder, size=600, **settings):
    """Trains a unigram model of SentencePiece."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(" ".join(text.split()) for text in corpus() if text.strip()), model_writer=model, vocab_size=size,
        character_coverage=0.995, hard_vocab_limit=False, minloglevel=2, num_threads=1, **settings)
    file = folder / "sentencepiece.bpe.model"
    file.write_bytes(model.getvalue())
    return str(file)


def xlm_roberta(folder, words=False):
    tokenizer = XLMRobertaTokenizerFast(pieces_by_likelihood(folder), model_max_length=128)
    tokenizer.save_pretrained(folder)
    if words:  # as the tokenizer.json of xlm-roberta-base has it
        file = folder / "tokenizer.json"
        saved = json.loads(file.read_text("utf8"))
        saved["normalizer"] = saved["normalizer"]["normalizers"][0]
        saved["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [
            {"type": "WhitespaceSplit"}, {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True}]}
        file.write_text(json.dumps(saved), "utf8")
    config = XLMRobertaConfig(vocab_size=len(tokenizer), pad_token_id=1, **SIZES)
    AutoModel.from_config(config).save_pretrained(folder)


def camembert(folder):
    tokenizer = CamembertTokenizerFast(pieces_by_likelihood(folder), model_max_length=128)
    tokenizer.save_pretrained(folder)
    config = CamembertConfig(vocab_size=len(tokenizer) + 4, pad_token_id=1, **SIZES)
    AutoModel.from_config(config).save_pretrained(folder)


def electra(folder):
    word_pieces(folder, True)
    tokenizer = ElectraTokenizerFast(str(folder / "vocab.txt"), model_max_length=128)
    tokenizer.save_pretrained(folder)
    AutoModel.from_config(ElectraConfig(vocab_size=len(tokenizer), embedding_size=24, **SIZES)).save_pretrained(folder)


def mpnet(folder):
    word_pieces(folder, True)
    vocabulary = (folder / "vocab.txt").read_text("utf8").split("\n")
    (folder / "vocab.txt").write_text("\n".join(["<s>", "<pad>", "</s>", *vocabulary, "<mask>"]), "utf8")
    tokenizer = MPNetTokenizer(str(folder / "vocab.txt"), model_max_length=128)
    tokenizer.save_pretrained(folder)
    AutoModel.from_config(MPNetConfig(vocab_size=len(tokenizer) + 1, **SIZES)).save_pretrained(folder)


def roberta(folder, prefix=False):
    bpe = ByteLevelBPETokenizer()
    bpe.train_from_iterator(corpus(), 700, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"], show_progress=False)
    bpe.save_model(str(folder))
    tokenizer = RobertaTokenizerFast(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=128,
                                     add_prefix_space=prefix)
    tokenizer.save_pretrained(folder)
    AutoModel.from_config(RobertaConfig(vocab_size=len(tokenizer), pad_token_id=1, **SIZES)).save_pretrained(folder)


def word_pieces(folder, lower):
    pieces = BertWordPieceTokenizer(lowercase=lower, strip_accents=lower)
    pieces.train_from_iterator(corpus(), 900, show_progress=False)
    pieces.save_model(str(folder))


def bert(folder, lower):
    word_pieces(folder, lower)
    tokenizer = BertTokenizerFast(str(folder / "vocab.txt"), do_lower_case=lower, model_max_length=128)
    tokenizer.save_pretrained(folder)
    AutoModel.from_config(BertConfig(vocab_size=len(tokenizer), **SIZES)).save_pretrained(folder)


def distilbert(folder):
    word_pieces(folder, True)
    tokenizer = DistilBertTokenizerFast(str(folder / "vocab.txt"), model_max_length=128)
    tokenizer.save_pretrained(folder)
    config = DistilBertConfig(vocab_size=len(tokenizer), n_layers=2, n_heads=3, dim=36, hidden_dim=60, max_position_embeddings=140)
    AutoModel.from_config(config).save_pretrained(folder)


STRIDED = {"@span_getters": "spacy-transformers.strided_spans.v1", "window": 128, "stride": 96}
PIPELINES = {
    "roberta-48": dict(encoder=roberta, spans={**STRIDED, "window": 48, "stride": 48}),
    "roberta-slow": dict(encoder=roberta, spans={**STRIDED, "window": 30, "stride": 20}, fast=False),
    "roberta-own": dict(encoder=roberta, spans={**STRIDED, "window": 30, "stride": 20}, own=True, pooling="reduce_sum.v1"),
    "roberta-prefix": dict(encoder=lambda folder: roberta(folder, True), spans={**STRIDED, "window": 40, "stride": 24}),
    "bert-cased-single": dict(encoder=lambda folder: bert(folder, False), spans=STRIDED, single=True),
    "bert-overlap": dict(encoder=lambda folder: bert(folder, True), spans={**STRIDED, "window": 16, "stride": 5}),
    "xlm-roberta": dict(encoder=xlm_roberta, spans={**STRIDED, "window": 48, "stride": 32}),
    "xlm-roberta-slow": dict(encoder=xlm_roberta, spans={**STRIDED, "window": 40, "stride": 30}, fast=False),
    "camembert": dict(encoder=camembert, spans={**STRIDED, "window": 32, "stride": 32}),
    "camembert-slow": dict(encoder=camembert, spans={**STRIDED, "window": 32, "stride": 24}, fast=False),
    "bert-slow": dict(encoder=lambda folder: bert(folder, True), spans={**STRIDED, "window": 30, "stride": 20}, fast=False),
    "distilbert-slow": dict(encoder=distilbert, spans={**STRIDED, "window": 50, "stride": 40}, fast=False),
    "electra-slow": dict(encoder=electra, spans={**STRIDED, "window": 50, "stride": 40}, fast=False),
    "mpnet-slow": dict(encoder=mpnet, spans={**STRIDED, "window": 50, "stride": 40}, fast=False),
    "roberta-sentences": dict(encoder=roberta, spans={"@span_getters": "spacy-transformers.sent_spans.v1"}, sentences={}),
    "bert-sentences": dict(encoder=lambda folder: bert(folder, True), sentences={"punct_chars": [".", "and", "!", "。"]},
                           spans={"@span_getters": "spacy-transformers.sent_spans.v1"}),
    "roberta-folder": dict(encoder=roberta, spans={**STRIDED, "window": 48, "stride": 36}, folder_layout=True),
    "distilbert-doc": dict(encoder=distilbert, spans={"@span_getters": "spacy-transformers.doc_spans.v1"}),
}


#: Those made after the others have more texts.
LATER = [name for name, made in PIPELINES.items() if name.startswith(("xlm", "camembert", "mpnet", "electra")) or name.endswith(
    ("slow", "sentences", "folder")) and name != "roberta-slow"]


def pipeline(folder, encoder, spans, fast=True, own=False, single=False, pooling="reduce_mean.v1", sentences=None):
    encoder(folder)
    pooled = {"@layers": pooling}
    nlp = spacy.blank("en")
    if sentences is not None:
        nlp.add_pipe("sentencizer", config=sentences)
    if own:
        tok2vec = {"@architectures": "spacy-transformers.Tok2VecTransformer.v3", "name": str(folder), "get_spans": spans,
                   "tokenizer_config": {"use_fast": fast}, "pooling": pooled}
    else:
        nlp.add_pipe("transformer", config={"model": {
            "@architectures": "spacy-transformers.TransformerModel.v3", "name": str(folder), "get_spans": spans,
            "tokenizer_config": {"use_fast": fast}}})
        tok2vec = {"@architectures": "spacy-transformers.TransformerListener.v1", "pooling": pooled}
    scorer = {"@layers": "Softmax.v2"} if single else {"@layers": "spacy.LinearLogistic.v1"}
    pipe = nlp.add_pipe("spancat_singlelabel" if single else "spancat", config={
        "suggester": {"@misc": "spacy.ngram_suggester.v1", "sizes": [1, 2, 3]},
        "model": {"@architectures": "spacy.SpanCategorizer.v1", "tok2vec": tok2vec, "scorer": scorer,
                  "reducer": {"@layers": "spacy.mean_max_reducer.v1", "hidden_size": 24}}})
    doc = nlp.make_doc("The nurses were kind and the doctor listened.")
    doc.spans["sc"] = [doc.char_span(0, 10, "CARE"), doc.char_span(25, 44, "LISTEN")]
    nlp.initialize(lambda: [Example(nlp.make_doc(doc.text), doc)])
    head = next(node for node in pipe.model.walk() if node.name in ("linear", "softmax"))
    generator = numpy.random.default_rng(5)
    head.set_param("W", generator.normal(0, 0.5, head.get_param("W").shape).astype("f"))
    return nlp


def encoded(array):
    array = numpy.ascontiguousarray(array, dtype="<f4")
    return {"shape": list(array.shape), "b64": base64.b64encode(array.tobytes()).decode()}


def lines(nlp, own, single, identity, text):
    doc = nlp(text)
    pipe = nlp.get_pipe("spancat_singlelabel" if single else "spancat")
    tok2vec = pipe.model.get_ref("tok2vec")
    transformer = (next(n for n in tok2vec.walk() if n.name == "transformer") if own else nlp.get_pipe("transformer").model)
    data = transformer.predict([doc]).doc_data[0] if len(doc) else None
    getter = transformer.attrs["get_spans"]
    windows = [span for span in getter([doc])[0] if len(span)]
    maximum = 128
    line = {"id": identity, "text": text, "spans_key": "sc", "windows": [[s.start, s.end] for s in windows]}
    hf = transformer.tokenizer
    ids, offsets = [], []
    for span in windows:
        if hf.is_fast:
            out = hf(span.text, return_offsets_mapping=True)
            offsets.append([list(o) for o in out["offset_mapping"]][:maximum])
        else:
            out = hf(span.text)
        ids.append(out["input_ids"][:maximum])
    padded = max(map(len, ids), default=0)
    if data is not None:
        assert data.tokens["input_ids"].shape[1] == padded
        for row, own_ids in zip(data.tokens["input_ids"], ids):
            assert list(row[: len(own_ids)]) == own_ids
    align = [] if data is None else [sorted(x.item() for x in data.align[i].data.reshape(-1)) for i in range(len(doc))]
    candidates, scores = pipe.predict([doc]) if len(doc) else (None, numpy.zeros((0, 2), "f"))
    groups = doc.spans["sc"]
    line.update(ids=ids, offsets=offsets if hf.is_fast else None, padded_len=padded, align=align, ambiguous=False, spans=[
        {"start": s.start, "end": s.end, "start_char": s.start_char, "end_char": s.end_char, "label": s.label_, "score": float(x)}
        for s, x in zip(groups, numpy.asarray(groups.attrs.get("scores", [])).reshape(-1))])
    scores = numpy.asarray(scores)
    if single:
        ranked = numpy.sort(scores, 1)
        margin = float((ranked[:, -1] - ranked[:, -2]).min()) if len(scores) else 1.0
    else:
        margin = float(numpy.abs(scores - 0.5).min()) if scores.size else 1.0
    line["min_margin"] = margin
    dense = None
    if 0 < len(doc) < 60:
        inner = tok2vec.layers[0] if False else tok2vec
        vectors = inner.predict([doc])
        vectors = vectors.data if hasattr(vectors, "data") and not isinstance(vectors, list) and hasattr(vectors, "lengths") else vectors[0]
        dense = {"id": identity, "cand": [list(map(int, c)) for c in candidates.data], "cand_scores": encoded(scores), "tokvecs": encoded(vectors)}
    return line, dense


def as_first_release(nlp, model):
    """spacy-transformers 1.0 saved a folder as Hugging Face does; 1.3 still reads it. What is read is what is asked."""
    transformer = nlp.get_pipe("transformer").model
    file = model / "transformer" / "model"
    file.unlink()
    transformer.tokenizer.save_pretrained(file)
    transformer.transformer.save_pretrained(file, safe_serialization=False)
    return spacy.load(model)


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
            nlp = pipeline(folder, **{key: value for key, value in settings.items() if key != "folder_layout"})
            model = Path(temporary) / name
            nlp.to_disk(model)
            if settings.get("folder_layout"):
                nlp = as_first_release(nlp, model)
            config = (model / "config.cfg").read_text("utf8").replace(str(folder), "encoder")
            (model / "config.cfg").write_text(config, "utf8")
            with tarfile.open(target / f"{name}.tar.gz", "w:gz") as archive:
                archive.add(model, name)
            pairs = [lines(nlp, settings.get("own", False), settings.get("single", False), i, t) for i, t in enumerate(texts() + (NORMALIZED if name in LATER else []))]
            for suffix, rows in (("", [a for a, _ in pairs]), (".dense", [b for _, b in pairs if b][::5])):
                with gzip.GzipFile(target / f"{name}{suffix}.jsonl.gz", "wb", mtime=0) as out:
                    out.write("".join(json.dumps(row, ensure_ascii=True) + "\n" for row in rows).encode())
            print(name, len(pairs), "texts", sum(len(a["spans"]) for a, _ in pairs), "spans", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
