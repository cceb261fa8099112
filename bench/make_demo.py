"""Make the demo comments: some 20,000 rows of Parquet, the same ones every time.

    pip download vaderSentiment==3.3.2 --no-deps --no-binary :all: -d DOWNLOADS
    python bench/make_demo.py --vader DOWNLOADS/vaderSentiment-3.3.2.tar.gz \\
        --own bench/own_comments.txt --out demo/comments.parquet

The texts are patient comments of our own writing and the Amazon, movie and tweet snippets of the
VADER data set (MIT). Keys, dates and organisations are invented.
"""

import argparse
import datetime
import hashlib
import html
import io
import json
import random
import re
import tarfile
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

SEED = 7168
MAIN_UP_ID, OTHER_UP_ID = 7168, 9001
MAIN_ROWS, OTHER_ROWS = 20_000, 200
OWN_VARIANTS, TWEETS, MOVIES = 420, 3_600, 6_600
DUPLICATES, EMPTY, BLANK, NULLS, FILLERS = 300, 40, 40, 60, 140
DATA = "hutto_ICWSM_2014"
SEPARATORS = [" "] * 40 + ["\r\n", "\n\n", "\t", "  "]
BLANKS = [" ", "   ", "\t", "\n", "\r\n", " \r\n\r\n ", "\u00a0", "\u2003\u2003", "\u3000", "\x85", "\x1c", "\u2028"]
FILLER_TEXTS = ["N/A", "n/a", "NA", "none", "None.", "nil", "No comment", "no comments", "-", ".", "?", "ok", "OK!",
                "...", "👍", "❤️", "x", "test", "same as above", "\u200b", "!!!", "1"]
COARSE = re.compile(r"fuck|f\*+k|shit|bitch|cunt|nigg|faggot|whore|slut|porn|rape\b", re.IGNORECASE)
SCHEMA = pa.schema([("comment_unique_key", pa.string()), ("up_id", pa.int64()),
                    ("posted_date", pa.date32()), ("cleaned_comment", pa.string())])


def snippets(sdist: Path, name: str) -> list[tuple[str, str]]:
    """(id, text) of one tab-separated file of the data set, which is a tar.gz inside the sdist."""
    with tarfile.open(sdist) as outer:
        member = next(m for m in outer.getmembers() if m.name.endswith(f"{DATA}.tar.gz"))
        inner_bytes = outer.extractfile(member).read()
    with tarfile.open(fileobj=io.BytesIO(inner_bytes)) as inner:
        lines = inner.extractfile(f"{DATA}/{name}_GroundTruth.txt").read().decode("utf8").splitlines()
    rows = [line.split("\t") for line in lines if line.count("\t") == 2]
    return [(row[0], html.unescape(row[2]).strip()) for row in rows if not COARSE.search(row[2])]


def amazon_windows(rows: list[tuple[str, str]], rng: random.Random) -> list[str]:
    """Whole reviews, and windows of one to eight consecutive sentences of a review, all distinct."""
    reviews: dict[str, list[str]] = defaultdict(list)
    for key, text in rows:
        reviews[key.split("_")[0]].append(text)
    windows = set()
    for key in sorted(reviews, key=int):
        sentences = reviews[key]
        windows.add(" ".join(sentences))
        for start in range(len(sentences)):
            for size in {rng.randint(1, 8), rng.randint(1, 8), rng.randint(1, 8)}:
                windows.add(rng.choice(SEPARATORS).join(sentences[start:start + size]))
    return sorted(windows)


def variant(own: list[str], rng: random.Random) -> str:
    """A light variation of one or two of our own comments."""
    text, other = rng.choice(own), rng.choice(own)
    return rng.choice([
        lambda: text.lower(),
        lambda: text.upper(),
        lambda: text.rstrip(".!") + rng.choice(["!", "!!", "...", "?!", " !"]),
        lambda: text.replace("’", "'").replace("“", '"').replace("”", '"'),
        lambda: text + " " + other if len(text) + len(other) < 1_500 else text,
        lambda: text + " " + rng.choice(["👍", "😊", "🙏", "❤️", "😡", "👏👏"]),
        lambda: rng.choice(["Again: ", "As I said, ", "To be honest, ", "Update - "]) + text,
    ])()


def texts_of_main(sdist: Path, own: list[str], rng: random.Random) -> list[str | None]:
    distinct = list(own)
    distinct += [variant(own, rng) for _ in range(OWN_VARIANTS)]
    distinct += rng.sample([text for _, text in snippets(sdist, "tweets")], TWEETS)
    distinct += rng.sample([text for _, text in snippets(sdist, "movieReviewSnippets")], MOVIES)
    special: list[str | None] = [""] * EMPTY + [None] * NULLS
    special += [rng.choice(BLANKS) for _ in range(BLANK)] + [rng.choice(FILLER_TEXTS) for _ in range(FILLERS)]
    room = MAIN_ROWS - len(distinct) - len(special) - DUPLICATES
    distinct += rng.sample(amazon_windows(snippets(sdist, "amazonReviewSnippets"), rng), room)
    texts = distinct + special + rng.sample(distinct, DUPLICATES)
    rng.shuffle(texts)
    return texts


def table(texts: list[tuple[int, str | None]], rng: random.Random) -> pa.Table:
    first = datetime.date(2023, 1, 1)
    keys = [hashlib.sha256(f"{SEED}/{i}".encode()).hexdigest()[:24] for i in range(len(texts))]
    assert len(set(keys)) == len(keys)
    dates = [first + datetime.timedelta(days=rng.randrange(998)) for _ in texts]
    return pa.table([keys, [up_id for up_id, _ in texts], dates, [text for _, text in texts]], schema=SCHEMA)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vader", type=Path, required=True, help="the sdist of vaderSentiment 3.3.2")
    parser.add_argument("--own", type=Path, required=True, help="one JSON string a line")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()

    rng = random.Random(SEED)
    own = [json.loads(line) for line in args.own.read_text("utf8").splitlines()]
    texts = [(MAIN_UP_ID, text) for text in texts_of_main(args.vader, own, rng)]
    for text in rng.sample([text for _, text in texts], OTHER_ROWS):
        texts.insert(rng.randrange(len(texts) + 1), (OTHER_UP_ID, text))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table(texts, rng), args.out, compression="zstd", compression_level=19,
                   row_group_size=5_000, store_schema=False)
    print(len(texts), "rows", args.out.stat().st_size, "bytes",
          hashlib.sha256(args.out.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
