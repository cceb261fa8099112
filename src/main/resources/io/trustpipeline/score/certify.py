"""Scores a few texts with spaCy, for `models prepare --certify`.

Standard input: {"texts": […], "models": {DIGEST: {"path": FOLDER, "output": "spans" or "categories"}}}.
Standard output: {"made_by": "spaCy …", "texts": […], "scores": {DIGEST: [[[start, end, label, score], …], …]}}: every
candidate span with every label in spaCy's order, or every category with start and end 0.
"""

import json
import sys

import spacy
from spacy.language import Language

DIGITS = 7


def spans(nlp: Language, text: str) -> list[list]:
    doc = nlp.make_doc(text)
    found = []
    for name, pipe in nlp.pipeline:
        if nlp.get_pipe_meta(name).factory in ("spancat", "spancat_singlelabel"):
            indices, scores = pipe.predict([doc])
            for (start, end), row in zip(indices[0].dataXd, scores):
                found += [[int(start), int(end), label, round(float(score), DIGITS)]
                          for label, score in zip(pipe.labels, row)]
            pipe.set_annotations([doc], (indices, scores))
        else:
            doc = pipe(doc)
    return found


def categories(nlp: Language, text: str) -> list[list]:
    return [[0, 0, label, round(float(score), DIGITS)] for label, score in nlp(text).cats.items()]


def main() -> None:
    answer = sys.stdout
    sys.stdout = sys.stderr
    request = json.load(sys.stdin)
    scores = {}
    for digest, model in request["models"].items():
        nlp = spacy.load(model["path"])
        score = spans if model["output"] == "spans" else categories
        scores[digest] = [score(nlp, text) for text in request["texts"]]
    json.dump({"made_by": "spaCy " + spacy.__version__, "texts": request["texts"], "scores": scores}, answer)


main()
