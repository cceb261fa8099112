"""Speed of this engine and of spaCy's nlp.pipe, in turn, on the same cores; see bench/speed.

Every figure is the median of the rounds. One thread or process is bound to one core, two to two, where `taskset` exists.
The spans of both sides are compared before anything is measured.
"""

import argparse
import json
import os
import pathlib
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time

HOME = pathlib.Path(__file__).resolve().parent.parent
MODELS = ["communication", "competence", "integrity", "care"]
BATCH_SIZES = [32, 64, 128, 256]
LENGTHS = [10, 100, 1_000, 10_000, 100_000]


def bound(command, cores):
    if shutil.which("taskset"):
        return ["taskset", "-c", ",".join(map(str, range(cores))), *command]
    return command


def engine(models, comments, cores, home):
    command = [str(HOME / "trust-pipeline"), "bench", "score", "--models", str(models), "--in", str(comments),
               "--threads", str(cores), "--passes", "3", "--home", str(home), "--json"]
    run = subprocess.run(bound(command, cores), check=True, capture_output=True, text=True)
    return json.loads(run.stdout.splitlines()[-1])


def spacy_side(folders, comments, cores, batch_size, use_blis, rows):
    command = [sys.executable, __file__, "--spacy", json.dumps([str(f) for f in folders]), "--in", str(comments),
               "--processes", str(cores), "--batch-size", str(batch_size), "--blis", str(int(use_blis)),
               "--rows", str(int(rows))]
    environment = dict(os.environ, OMP_NUM_THREADS="1", BLIS_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    run = subprocess.run(bound(command, cores), check=True, capture_output=True, text=True, env=environment)
    return json.loads(run.stdout.splitlines()[-1])


def measure_spacy(options):
    """In a process of its own: one pass to warm up, one that counts."""
    import pyarrow.parquet
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    if not options.blis:
        set_current_ops(NumpyOps(use_blis=False))
    texts = pyarrow.parquet.read_table(options.input)["cleaned_comment"].to_pylist()
    pipelines = [spacy.load(folder) for folder in json.loads(options.spacy)]
    seconds = tokens = 0
    for part in (texts[: len(texts) // 10], texts):
        start = time.perf_counter()
        for nlp in pipelines:
            if options.rows:
                tokens = sum(len(nlp(text)) for text in part)
            else:
                docs = nlp.pipe(part, batch_size=options.batch_size, n_process=options.processes)
                tokens = sum(len(doc) for doc in docs)
        seconds = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if options.processes > 1 else 0
    print(json.dumps({"tokens_per_second": tokens / seconds, "comments_per_second": len(texts) / seconds,
                      "peak_rss_bytes": 1024 * (own + options.processes * children)}))


def check_spans(folder, models, comments, home):
    """Every span of every comment must be spaCy's, place and label."""
    import pyarrow.parquet
    import spacy

    out = home / "spans.parquet"
    subprocess.run([str(HOME / "trust-pipeline"), "score", "--raw", "--models", str(models), "--in", str(comments),
                    "--out", str(out), "--home", str(home)], check=True, capture_output=True)
    columns = ["row", "theme_start_token", "theme_end_token", "label"]
    found = pyarrow.parquet.read_table(out, columns=columns).to_pylist()
    ours = sorted(tuple(row[column] for column in columns) for row in found)
    nlp = spacy.load(folder)
    key = nlp.get_pipe("spancat").key
    table = pyarrow.parquet.read_table(comments)
    theirs = sorted((row, span.start, span.end, span.label_)
                    for row, doc in zip(table["row"].to_pylist(), nlp.pipe(table["cleaned_comment"].to_pylist()))
                    for span in doc.spans[key])
    if ours != theirs:
        sys.exit(f"{folder.name}: {len(set(ours) ^ set(theirs))} of {len(theirs)} spans differ from spaCy's")
    return len(theirs)


def median(runs, name):
    return statistics.median(run[name] for run in runs)


def prepare(scratch, count):
    import pyarrow as pa
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(HOME / "demo" / "comments.parquet")
    texts = [text for text in table["cleaned_comment"].to_pylist() if text and text.strip()][:count]
    comments = scratch / "comments.parquet"
    pyarrow.parquet.write_table(pa.table({"row": range(len(texts)), "cleaned_comment": texts}), comments)
    folders = {}
    for model in MODELS:
        with tarfile.open(HOME / "demo" / "models" / f"{model}.tar.gz") as archive:
            archive.extractall(scratch / "models" / model, filter="data")
        folders[model] = next((scratch / "models" / model).rglob("config.cfg")).parent
    return texts, comments, folders


def compare(options, scratch):
    home = scratch / "home"
    texts, comments, folders = prepare(scratch, options.comments)
    small = scratch / "small.parquet"
    import pyarrow.parquet
    pyarrow.parquet.write_table(pyarrow.parquet.read_table(comments).slice(0, 300), small)
    for model in MODELS:
        print(f"{model}: {check_spans(folders[model], scratch / 'models' / model, comments, home)} spans, equal")
    sides = [(model, scratch / "models" / model, [folders[model]]) for model in MODELS]
    sides.append(("all four", HOME / "demo" / "models", list(folders.values())))
    print(f"\n{platform.processor() or platform.machine()}, {os.cpu_count()} cores; {len(texts)} comments, "
          f"{options.rounds} rounds; load before: {os.getloadavg()[0]:.1f}\n")
    print("| models | cores | ours tok/s | ours comments/s | cold tok/s | spaCy tok/s | with OpenBLAS | row by row | "
          "times | times OpenBLAS | times row by row | ours MB | spaCy MB | GFLOP/s | roof |")
    print("|---" * 15 + "|")
    for name, models, pipelines in sides:
        best = max(BATCH_SIZES, key=lambda size: spacy_side(pipelines, small, 1, size, True, False)["tokens_per_second"])
        for cores in (1, 2):
            ours, theirs, tuned, rows = [], [], [], []
            for _ in range(options.rounds):
                ours.append(engine(models, comments, cores, home))
                theirs.append(spacy_side(pipelines, comments, cores, best, True, False))
                tuned.append(spacy_side(pipelines, comments, cores, best, False, False))
                if cores == 1:
                    rows.append(spacy_side(pipelines, comments, 1, 1, True, True))
            speed = median(ours, "tokens_per_second")
            slow, fast = median(theirs, "tokens_per_second"), median(tuned, "tokens_per_second")
            single = median(rows, "tokens_per_second") if rows else None
            print(f"| {name} | {cores} | {speed:,.0f} | {median(ours, 'comments_per_second'):,.0f} | "
                  f"{median(ours, 'cold_tokens_per_second'):,.0f} | {slow:,.0f} | {fast:,.0f} | "
                  f"{f'{single:,.0f}' if single else ''} | {speed / slow:.1f} | {speed / fast:.1f} | "
                  f"{f'{speed / single:.1f}' if single else ''} | {median(ours, 'peak_rss_bytes') / 1e6:.0f} | "
                  f"{median(theirs, 'peak_rss_bytes') / 1e6:.0f} | {median(ours, 'gflops'):.0f} | "
                  f"{median(ours, 'roof_gflops'):.0f} |", flush=True)
    lengths(options, scratch, texts, home)


def lengths(options, scratch, texts, home):
    """The same words in documents of other lengths."""
    import pyarrow as pa
    import pyarrow.parquet

    words = " ".join(texts).split(" ")[:100_000]
    print("\n| words a document | tok/s | MB |\n|---|---|---|")
    for length in LENGTHS:
        documents = [" ".join(words[start:start + length]) for start in range(0, len(words), length)]
        file = scratch / f"length-{length}.parquet"
        pyarrow.parquet.write_table(pa.table({"cleaned_comment": documents}), file)
        runs = [engine(scratch / "models" / "communication", file, 1, home) for _ in range(options.rounds)]
        print(f"| {length:,} | {median(runs, 'tokens_per_second'):,.0f} | {median(runs, 'peak_rss_bytes') / 1e6:.0f} |",
              flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--spacy", help=argparse.SUPPRESS)
    parser.add_argument("--in", dest="input", help=argparse.SUPPRESS)
    parser.add_argument("--processes", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--batch-size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--blis", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.spacy:
        measure_spacy(options)
        return
    with tempfile.TemporaryDirectory(prefix="speed-") as scratch:
        compare(options, pathlib.Path(scratch))


if __name__ == "__main__":
    main()
