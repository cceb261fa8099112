"""Score the demo comments of one organisation with real spaCy and write what the product must give.

    python bench/golden_demo.py --comments demo/comments.parquet --models demo/models \\
        --spans src/test/resources/demo/golden-spans.jsonl.gz --meta src/test/resources/demo/golden-meta.json

A span stays when spaCy gives it, its score reaches thresholds.json, and its text is not excluded;
then the post-rules trim and flag it.
"""

import argparse
import gzip
import hashlib
import json
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import spacy

from post_rules import Span, apply_rules
from spacy_oracle import load, outer_threshold, run

Candidate = dict[str, object]


def passing_spans(archive: Path, texts: list[str], outer, excluded: set[str]) -> tuple[dict[str, list[Candidate]], dict[str, int], set[str]]:
    """For every text its spans after both thresholds and the exclusion list; counts; the ambiguous texts."""
    found: dict[str, list[Candidate]] = {}
    counts: Counter = Counter()
    ambiguous: set[str] = set()
    for text, result in zip(texts, run(load(archive), texts, 0.5 if outer is None else outer)):
        seen = result.seen[0]
        if seen.ambiguous:
            ambiguous.add(text)
        group = result.doc.spans[seen.spans_key]
        scores = np.asarray(group.attrs.get("scores", [])).reshape(-1)
        assert len(scores) == len(group)
        kept: list[Candidate] = []
        for span, score in zip(group, scores):
            counts["given_by_spacy"] += 1
            if score < np.float32(outer_threshold(outer, span.label_)):
                counts["below_threshold"] += 1
            elif span.text.lower() in excluded:
                counts["excluded"] += 1
            else:
                kept.append({"label": span.label_, "text": span.text, "start_char": span.start_char,
                             "end_char": span.end_char, "start_token": span.start, "end_token": span.end,
                             "score": float(score)})
        found[text] = kept
    return found, dict(counts), ambiguous


def exclusions(path: Path) -> set[str]:
    return {line.strip().lower() for line in path.read_text("utf8").split("\n") if line.strip()}


def post_processed(text: str, rows: list[tuple[str, Candidate]]) -> list[dict]:
    spans = [Span(theme, row["text"], row["start_char"], row["end_char"]) for theme, row in rows]
    apply_rules(text, spans)
    return [{"theme": span.theme, "label": row["label"], "text": span.text, "start_char": span.start_char,
             "end_char": span.end_char, "start_token": row["start_token"], "end_token": row["end_token"],
             "score": row["score"], "relevant": span.relevant} for span, (_, row) in zip(spans, rows)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--comments", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True, help="folder with models.json, thresholds.json, archives")
    parser.add_argument("--spans", type=Path, required=True)
    parser.add_argument("--meta", type=Path, required=True)
    parser.add_argument("--up-id", type=int, default=7168)
    args = parser.parse_args()

    table = pq.read_table(args.comments).to_pylist()
    rows = [(row["comment_unique_key"], row["cleaned_comment"]) for row in table if row["up_id"] == args.up_id]
    scored = [(key, text) for key, text in rows if text and not text.isspace()]
    texts = list(dict.fromkeys(text for _, text in scored))
    catalogue = json.loads((args.models / "models.json").read_text("utf8"))
    thresholds = json.loads((args.models / "thresholds.json").read_text("utf8"))
    excluded = exclusions(args.models / "exclude_strings.txt")

    found, themes, ambiguous = {}, {}, []
    for theme, entry in catalogue.items():
        started = time.time()
        archive = args.models / entry["path"]
        found[theme], themes[theme], unsure = passing_spans(archive, texts, thresholds.get(theme), excluded)
        themes[theme]["archive_sha256"] = hashlib.sha256(archive.read_bytes()).hexdigest()
        ambiguous += [[key, theme] for key, text in scored if text in unsure]
        print(theme, themes[theme], f"{time.time() - started:.0f} s")

    spans, relevant, lines = Counter(), Counter(), []
    for key, text in scored:
        for row in post_processed(text, [(theme, row) for theme in catalogue for row in found[theme][text]]):
            spans[row["theme"]] += 1
            relevant[row["theme"]] += row["relevant"]
            lines.append(json.dumps({"key": key, **row}, ensure_ascii=False))

    args.spans.parent.mkdir(parents=True, exist_ok=True)
    args.spans.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode("utf8"), 9, mtime=0))
    meta = {
        "spacy": spacy.__version__,
        "up_id": args.up_id,
        "rows": len(rows),
        "empty": len(rows) - len(scored),
        "scored": len(scored),
        "distinct_texts": len(texts),
        "spans": sum(spans.values()),
        "relevant": sum(relevant.values()),
        "themes": {theme: {"spans": spans[theme], "relevant": relevant[theme]} for theme in catalogue},
        "distinct_text_counts": themes,
        "comments_sha256": hashlib.sha256(args.comments.read_bytes()).hexdigest(),
        "ambiguous": ambiguous,
    }
    args.meta.write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", "utf8")
    print({name: value for name, value in meta.items() if name != "ambiguous"}, "ambiguous", len(ambiguous))


if __name__ == "__main__":
    main()
