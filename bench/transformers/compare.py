"""Compares transformer pipelines with spaCy, and their encoders with ONNX Runtime, in turn in one run on this machine.

    python3.11 bench/transformers/compare.py [--sizes minilm,roberta] [--threads 1,2] [--turns 3] [--encoder-only]

Needs a JDK, and CPython 3.11 for the packages of requirements.txt, which it installs into target/bench/venv. Comments are
the 300 of demo/comments.parquet, or those of a JSON array given by --comments. Prints a table of medians.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "bench"
PYTHON = WORK / "venv" / "bin" / "python"
ENGINE = "io.trustpipeline.spacy."


def prepare(options):
    WORK.mkdir(parents=True, exist_ok=True)
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(WORK / "venv")], check=True)
    # The pins contradict each other on paper (spacy-transformers and transformers), not in use: hence --no-deps.
    subprocess.run([PYTHON, "-m", "pip", "install", "-q", "--no-deps", "-r", HERE / "requirements.txt"], check=True)
    comments = WORK / "comments.json"
    if options.comments:
        comments.write_text(Path(options.comments).read_text())
    else:
        read = (
            "import json, sys, pyarrow.parquet as p; "
            "rows = p.read_table(sys.argv[1]).column('cleaned_comment').to_pylist(); "
            "print(json.dumps([row for row in rows if row and row.strip()][:300]))"
        )
        table = ROOT / "demo" / "comments.parquet"
        comments.write_text(subprocess.run([PYTHON, "-c", read, table], check=True, stdout=subprocess.PIPE, text=True).stdout)
    for size in options.sizes:
        if not (WORK / size / "config.cfg").exists():
            subprocess.run([PYTHON, HERE / "make_model.py", size, comments, WORK / size], check=True)
    classpath = WORK / "classpath"
    maven = ["./mvnw", "-q", "-B", "test-compile", "dependency:build-classpath", f"-Dmdep.outputFile={classpath}"]
    subprocess.run(maven, cwd=ROOT, check=True)
    return comments, f"{ROOT}/target/test-classes:{ROOT}/target/classes:{classpath.read_text()}"


def lines(command):
    """The rounds that a process measured, without the first, which warms up."""
    out = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout
    rows = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return [row for row in rows if row.get("round", 0) > 0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=lambda text: text.split(","), default=["minilm", "roberta"])
    parser.add_argument("--threads", type=lambda text: text.split(","), default=["1", "2"])
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--comments")
    parser.add_argument("--encoder-only", action="store_true")
    options = parser.parse_args()
    comments, classpath = prepare(options)
    java = ["java", "--add-modules=jdk.incubator.vector", "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-Xmx1g", "-XX:+UseSerialGC", "-cp", classpath]
    results = {}
    for size in options.sizes:
        windows = WORK / f"{size}.windows"
        python = [PYTHON, HERE / "time_spacy.py"]
        subprocess.run([*map(str, python), "windows", str(WORK / size), str(comments), "1", "0", str(windows)], check=True)
        for _ in range(options.turns):
            for threads in options.threads:
                rest = [WORK / size, comments, threads, "1", windows]
                encoder = [WORK / size / "transformer" / "model", windows, threads, "2", WORK / "cache"]
                commands = {
                    ("encoder, pieces/s", "ONNX Runtime"): [*python, "onnx", *rest],
                    ("encoder, pieces/s", "Trust Pipeline"): [*java, ENGINE + "transformer.encoder.EncoderSpeed", *encoder],
                }
                if not options.encoder_only:
                    commands["pipeline, comments/s", "spaCy"] = [*python, "pipeline", *rest]
                    ours = [WORK / size, comments, threads, "2", WORK / "cache"]
                    commands["pipeline, comments/s", "Trust Pipeline"] = [*java, ENGINE + "djl.PipelineSpeed", *ours]
                for (what, engine), command in commands.items():
                    unit = "pieces_per_s" if what.startswith("encoder") else "comments_per_s"
                    measured = results.setdefault((size, threads, what, engine), [])
                    for row in lines(command):
                        measured.append((row[unit], row.get("peak_mib")))
    report(results)


#: What is compared, with whom, and how many times theirs ours should be at least.
TARGETS = [("pipeline, comments/s", "spaCy", 1.7), ("encoder, pieces/s", "ONNX Runtime", 1.0)]

#: The same of memory, at most.
MEMORY = 0.5


def peak(measured):
    return max((peak for _, peak in measured if peak), default="")


def median(measured):
    return statistics.median(value for value, _ in measured)


def ratios(results):
    """Ours to theirs: what, size, threads, ratio, target, whether it is met."""
    for size, threads in dict.fromkeys((size, threads) for size, threads, _, _ in results):
        for what, engine, target in TARGETS:
            ours, theirs = (results.get((size, threads, what, name)) for name in ("Trust Pipeline", engine))
            if not ours or not theirs:
                continue
            ratio = median(ours) / median(theirs)
            yield f"{what}, to {engine}", size, threads, ratio, f"at least {target}", ratio >= target
            if engine == "spaCy":
                share = peak(ours) / peak(theirs)
                yield f"peak RSS, to {engine}", size, threads, share, f"at most {MEMORY}", share <= MEMORY


def report(results):
    print(f"\n{platform.processor() or platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(subprocess.run(["java", "-version"], stderr=subprocess.PIPE, text=True).stderr.splitlines()[0])
    pins = (HERE / "requirements.txt").read_text().split()
    print(*[pin for pin in pins if pin.split("==")[0] in ("spacy", "spacy-transformers", "torch", "onnxruntime")], "\n")
    print("| size | threads | what | engine | median | lowest | highest | peak RSS, MiB |\n|---|---|---|---|---|---|---|---|")
    for (size, threads, what, engine), measured in results.items():
        values = [value for value, _ in measured]
        memory = peak(measured)
        print(f"| {size} | {threads} | {what} | {engine} | {statistics.median(values):.1f} | {min(values):.1f} "
              f"| {max(values):.1f} | {memory} |")
    print("\n| size | threads | ours to theirs | ratio of medians | wanted | |\n|---|---|---|---|---|---|")
    for what, size, threads, ratio, wanted, met in ratios(results):
        print(f"| {size} | {threads} | {what} | {ratio:.2f} | {wanted} | {'met' if met else 'MISSED'} |")


if __name__ == "__main__":
    main()
