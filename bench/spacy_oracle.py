"""What the golden scripts share: running a pipeline while looking at every candidate, and unpacking archives."""

import contextlib
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

CLOSE = 1e-5


@dataclass
class Seen:
    """What one span categorizer saw and gave for one doc."""
    component: str
    spans_key: str
    candidates: list[tuple[int, int]]
    scores: np.ndarray
    tok2vec: np.ndarray
    margin: float
    tie: bool

    @property
    def ambiguous(self) -> bool:
        return self.tie or self.margin < CLOSE


@dataclass
class Result:
    doc: Doc
    seen: list[Seen] = field(default_factory=list)
    finder_margin: float = 1.0


@contextlib.contextmanager
def unpacked(archive: Path) -> Iterator[Path]:
    """The pipeline folder of an archive: model-last, else model-best, else the first with a config.cfg."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        root = Path(folder)
        named = [root / name for name in ("model-last", "model-best") if (root / name).is_dir()]
        yield (named or [path.parent for path in sorted(root.rglob("config.cfg"))])[0]


def load(archive: Path) -> Language:
    with unpacked(archive) as folder:
        return spacy.load(folder)


def run(nlp: Language, texts: list[str], outer: dict[str, float] | float | None = None,
        dense: bool = False, batch: int = 64) -> Iterator[Result]:
    """Runs the enabled components in order, as nlp.pipe does, and keeps what the span categorizers saw."""
    for at in range(0, len(texts), batch):
        results = [Result(nlp.make_doc(text)) for text in texts[at:at + batch]]
        docs = [result.doc for result in results]
        for name, pipe in nlp.pipeline:
            factory = nlp.get_pipe_meta(name).factory
            if factory in ("spancat", "spancat_singlelabel"):
                categorize(name, pipe, results, outer, dense)
            elif factory == "span_finder":
                for result in results:
                    if len(result.doc):
                        scores = pipe.predict([result.doc])
                        gap = np.abs(np.asarray(scores) - np.float32(pipe.cfg["threshold"])).min()
                        result.finder_margin = min(result.finder_margin, float(gap))
                list(pipe.pipe(docs))
            else:
                list(pipe.pipe(docs))
        yield from results


def categorize(name: str, pipe, results: list[Result], outer, dense: bool) -> None:
    docs = [result.doc for result in results]
    indices, scores = pipe.predict(docs)
    at = 0
    for i, result in enumerate(results):
        size = int(indices.lengths[i])
        mine = np.array(scores[at:at + size])
        spans = [(int(a), int(b)) for a, b in indices[i].dataXd] if size else []
        margin, tie = decision_margin(spans, mine, pipe, outer)
        vectors = pipe.model.get_ref("tok2vec").predict([result.doc])[0] if dense and len(result.doc) else None
        result.seen.append(Seen(name, pipe.key, spans, mine, np.array(vectors) if dense else None, margin, tie))
        at += size
    pipe.set_annotations(docs, (indices, scores))


def outer_threshold(outer: dict[str, float] | float | None, label: str) -> float:
    if isinstance(outer, dict):
        return outer.get(label, outer.get("*", 0.5))
    return 0.5 if outer is None else outer


def decision_margin(spans: list[tuple[int, int]], scores: np.ndarray, pipe, outer) -> tuple[float, bool]:
    """How far the nearest candidate is from changing the result, and whether near-equal scores leave the order open.

    `outer` holds thresholds that are applied after the component's own; None means that there are none.
    """
    if not spans or scores.size == 0:
        return 1.0, False
    inner = pipe.cfg["threshold"]
    floor = -1.0 if inner is None else inner - 10 * CLOSE
    gaps = [1.0]
    bounds = [[] if inner is None else [np.float32(inner)] for _ in pipe.labels]
    if outer is not None:
        for label, limits in zip(pipe.labels, bounds):
            limits.append(np.float32(outer_threshold(outer, label)))

    if pipe.cfg["max_positive"] != 1:
        for column, limits in enumerate(bounds):
            gaps += [float(np.abs(scores[:, column] - limit).min()) for limit in limits]
        top = pipe.cfg["max_positive"]
        if top is not None and top < scores.shape[1]:
            ranked = -np.sort(-scores, axis=1)
            close = (ranked[:, top - 1] - ranked[:, top])[ranked[:, top] >= floor]
            gaps += [float(close.min())] if close.size else []
        return min(gaps), False

    best, winner = scores.max(axis=1), scores.argmax(axis=1)
    for column, limits in enumerate(bounds):
        mine = best[winner == column]
        gaps += [float(np.abs(mine - limit).min()) for limit in limits if mine.size]
    if scores.shape[1] > 1:
        ranked = -np.sort(-scores, axis=1)
        close = (ranked[:, 0] - ranked[:, 1])[ranked[:, 0] >= floor]
        gaps += [float(close.min())] if close.size else []
    tie = False
    if not pipe.cfg["allow_overlap"]:
        kept = [i for i in range(len(spans)) if best[i] >= floor and winner[i] < len(pipe.labels)]
        kept.sort(key=lambda i: best[i])
        tie = any(best[b] - best[a] < CLOSE for a, b in zip(kept, kept[1:]))
    return min(gaps), tie
