"""Keep those lines of golden files whose texts may be redistributed.

    python bench/keep_permitted.py GOLDEN_DIR src/test/resources/spacy/golden

Permitted are texts of our own (kind `ugly`) and those of the VADER data set (amazon, movie, tweet).
"""

import argparse
from pathlib import Path

from golden import read_lines, write_lines

NAMES = ["care", "communication", "competence", "fullpipe", "integrity", "preset"]
PERMITTED = {"ugly", "amazon", "movie", "tweet"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("golden", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    for name in NAMES:
        lines = [line for line in read_lines(args.golden / f"{name}.jsonl.gz") if line["kind"].split("|")[0] in PERMITTED]
        write_lines(args.out / f"{name}.jsonl.gz", lines)
        print(name, len(lines), "texts", sum(len(line["spans"]) for line in lines), "spans")


if __name__ == "__main__":
    main()
