"""One process, one measurement: time_spacy.py pipeline|windows|onnx MODEL COMMENTS.json THREADS ROUNDS WINDOWS.txt

Prints a line of JSON for each round, the first of which warms up; `windows` writes the piece ids that spaCy encodes.
"""

import os
import sys

WHAT, MODEL, COMMENTS, THREADS, ROUNDS, WINDOWS = sys.argv[1:7]
os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = THREADS

import json
import time
from pathlib import Path

import numpy
import spacy
import torch

torch.set_num_threads(int(THREADS))


def resident():
    return next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))


def rounds(run):
    for number in range(int(ROUNDS) + 1):
        start = time.perf_counter()
        result = run()
        print(json.dumps({"round": number, **result(time.perf_counter() - start), "peak_mib": resident()}), flush=True)


def pipeline(nlp, texts):
    def run():
        spans = sum(len(doc.spans["sc"]) for doc in nlp.pipe(texts))
        return lambda seconds: {"comments_per_s": len(texts) / seconds, "spans": spans}

    rounds(run)


def windows(nlp, texts):
    with open(WINDOWS, "w") as out:
        transformer = nlp.get_pipe("transformer")
        for doc in map(nlp.make_doc, texts):
            pieces = transformer.predict([doc]).wordpieces
            for ids, mask in zip(pieces.input_ids, pieces.attention_mask):
                ids = numpy.asarray(ids)[: int(numpy.asarray(mask).sum())]
                if len(ids):
                    print(*ids, file=out)


def onnx(nlp):
    import onnxruntime

    ids = [numpy.array([line.split()], dtype="int64") for line in open(WINDOWS)]
    path = Path(MODEL + ".onnx")
    if not path.exists():
        encoder = nlp.get_pipe("transformer").model.transformer.eval()

        class Hidden(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.encoder = encoder

            def forward(self, ids, mask):
                return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state

        example = torch.full((2, 16), 5)
        axes = {name: {0: "batch", 1: "pieces"} for name in ("ids", "mask", "hidden")}
        torch.onnx.export(Hidden(), (example, torch.ones_like(example)), str(path), input_names=["ids", "mask"],
                          output_names=["hidden"], dynamic_axes=axes, opset_version=14)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(THREADS)
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    pieces = sum(window.size for window in ids)

    def run():
        for window in ids:
            session.run(None, {"ids": window, "mask": numpy.ones_like(window)})
        return lambda seconds: {"pieces": pieces, "pieces_per_s": pieces / seconds}

    rounds(run)


def main():
    nlp = spacy.load(MODEL)
    texts = json.loads(Path(COMMENTS).read_text())
    if WHAT == "pipeline":
        pipeline(nlp, texts)
    elif WHAT == "windows":
        windows(nlp, texts)
    else:
        onnx(nlp)


main()
