"""Write what real spaCy makes of texts: tokens, attributes, spans, margins; and, for some texts, the matrices.

    python bench/golden.py MODEL.tar.gz TEXTS.jsonl[.gz] OUT.jsonl.gz --dense OUT.dense.jsonl.gz --dense-texts 15

TEXTS has one JSON object a line with id, kind and text (a golden file will do). With two span
categorizers each text gets one line for each spans key, the second with id + 1,000,000.
"""

import argparse
import base64
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from spacy_oracle import CLOSE, Result, Seen, load, run

ANOTHER_KEY = 1_000_000
MAX_DENSE_TOKENS = 60


def token_line(token: Token) -> dict:
    return {"text": token.text, "idx": token.idx, "ws": bool(token.whitespace_), "norm": token.norm_,
            "shape": token.shape_, "prefix": token.prefix_, "suffix": token.suffix_, "lower": token.lower_,
            "h": {"ORTH": str(token.orth), "NORM": str(token.norm), "PREFIX": str(token.prefix),
                  "SUFFIX": str(token.suffix), "SHAPE": str(token.shape)}}


def span_lines(doc: Doc, key: str) -> list[dict]:
    group = doc.spans[key]
    scores = np.asarray(group.attrs.get("scores", []), dtype="float32").reshape(-1)
    assert len(scores) == len(group)
    return [{"start": s.start, "end": s.end, "start_char": s.start_char, "end_char": s.end_char,
             "label": s.label_, "text": s.text, "score": float(score)} for s, score in zip(group, scores)]


def golden_lines(identity: int, kind: str, text: str, result: Result) -> Iterator[dict]:
    keys = {seen.spans_key for seen in result.seen}
    others = {key: [[s.start, s.end] for s in group] for key, group in result.doc.spans.items() if key not in keys}
    for number, seen in enumerate(result.seen):
        margin = min(seen.margin, result.finder_margin)
        line = {"id": identity + number * ANOTHER_KEY, "kind": kind, "text": text, "spans_key": seen.spans_key,
                "tokens": [token_line(token) for token in result.doc], "spans": span_lines(result.doc, seen.spans_key),
                "n_candidates": len(seen.candidates), "min_margin": margin, "ambiguous": seen.tie or margin < CLOSE}
        yield {**line, "other_groups": others} if others else line


def matrix(values: np.ndarray) -> dict:
    data = np.ascontiguousarray(values, dtype="<f4")
    return {"shape": list(data.shape), "b64": base64.b64encode(data.tobytes()).decode("ascii")}


def dense_line(identity: int, text: str, seen: Seen, labels: list[str]) -> dict:
    return {"id": identity, "text": text, "tok2vec": matrix(seen.tok2vec), "cand": [list(c) for c in seen.candidates],
            "labels": labels, "cand_scores": matrix(seen.scores)}


def write(nlp: Language, texts: list[dict], out: Path, dense_out: Path | None, dense_texts: int) -> dict[str, int]:
    """Writes both files; returns counts."""
    lines: list[dict] = []
    dense: list[dict] = []
    results = run(nlp, [text["text"] for text in texts], dense=True, batch=16)
    for text, result in zip(texts, results):
        lines += golden_lines(text["id"], text["kind"], text["text"], result)
        wanted = (len(dense) < dense_texts * len(result.seen) and 3 < len(result.doc) <= MAX_DENSE_TOKENS
                  and any(seen.candidates for seen in result.seen))
        for number, seen in enumerate(result.seen if wanted else []):
            labels = list(nlp.get_pipe(seen.component).labels)
            dense.append(dense_line(text["id"] + number * ANOTHER_KEY, text["text"], seen, labels))
    write_lines(out, lines)
    if dense_out:
        write_lines(dense_out, dense)
    return {"texts": len(texts), "lines": len(lines), "dense": len(dense), "tokens": sum(len(x["tokens"]) for x in lines),
            "candidates": sum(x["n_candidates"] for x in lines), "spans": sum(len(x["spans"]) for x in lines),
            "ambiguous": sum(x["ambiguous"] for x in lines)}


def write_lines(path: Path, lines: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_bytes(gzip.compress(data.encode("utf8"), 9, mtime=0))


def read_lines(path: Path) -> list[dict]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf8", newline="\n") as file:
        return [json.loads(line) for line in file]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--dense", type=Path)
    parser.add_argument("--dense-texts", type=int, default=15)
    args = parser.parse_args()
    print(args.out.name, write(load(args.model), read_lines(args.texts), args.out, args.dense, args.dense_texts))


if __name__ == "__main__":
    main()
