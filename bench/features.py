"""Times `features compute` against DuckDB's Python client doing the same SQL on the same files.

    pip install duckdb==2.0.0
    python bench/features.py --trips TRIPS.parquet --scratch FOLDER

Rows are the given trips, repeated under other dates. Each side runs in a process of its own, in turn; figures are medians.

stage    from opening the database to the finished file, with DuckDB's library loaded and asked once for a row, inside either
         process: again and again (`bench features`), and the first time in a process
command  `features compute` from the start of its process to its end, JVM and launcher included, or interpreter and import
memory   the most that our process ever had in memory, the heap limited to 256 MB and DuckDB to 512 MB
lookups  of the laptop's table: in the process (`demo features`), and over HTTP (`features serve`), one after the other
"""

import argparse
import http.client
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

import duckdb

HERE = pathlib.Path(__file__).resolve().parent.parent
SQL = """
COPY (SELECT CAST("VendorID" AS VARCHAR) AS customer_id, count(*) AS trip_count_1d, avg(fare_amount) AS avg_fare_1d,
        avg(trip_distance) AS avg_distance_1d,
        count(*) FILTER (coalesce("VendorID" < 1 OR "VendorID" > 2, false)),
        count(*) FILTER (coalesce(fare_amount < 0, false)), count(*) FILTER (coalesce(trip_distance > 1000, false))
    FROM (SELECT "VendorID", CASE WHEN isfinite(fare_amount) THEN fare_amount END AS fare_amount,
        CASE WHEN isfinite(trip_distance) THEN trip_distance END AS trip_distance
        FROM read_parquet('{trips}')) GROUP BY 1 ORDER BY 1) TO '{out}' (FORMAT parquet, COMPRESSION snappy)"""
CLIENT = """
import statistics, sys, time, duckdb
def stage():
    started = time.perf_counter()
    connection = duckdb.connect(config={{"memory_limit": "512MB", "threads": {threads}}})
    connection.execute(sys.argv[1])
    connection.close()
    return time.perf_counter() - started
with duckdb.connect() as loaded:
    loaded.execute("SELECT 'a', 1").fetchall()
first = stage()
others = [stage() for _ in range({rounds})]
print("first", first, "median", statistics.median(others) if others else first)
"""


def repeat(trips, rows, target):
    copies = -(-rows // duckdb.execute(f"SELECT count(*) FROM read_parquet('{trips}')").fetchall()[0][0])
    duckdb.execute(
        f"""COPY (SELECT * EXCLUDE (copy) REPLACE (tpep_pickup_datetime + INTERVAL (3 * copy) YEAR AS tpep_pickup_datetime)
            FROM read_parquet('{trips}'), range({copies}) AS copies(copy) LIMIT {rows})
            TO '{target}' (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 122880)"""
    )


def timed(command, pattern, environment=None):
    """Seconds of the whole process, the figures that it prints, and its largest resident set in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - started
    if status:
        raise SystemExit(f"{command[0]} ended with {status}: {printed}")
    found = re.search(pattern, printed).groups()
    return (took, *(float(figure.replace(",", "")) for figure in found), usage.ru_maxrss / 1024)


def lookups(scratch):
    launcher, home = HERE / "trust-pipeline", scratch / "home"
    shown = subprocess.run([launcher, "demo", "features", "--home", home], check=True, capture_output=True, text=True).stdout
    print(re.search(r"\d+ lookups.*", shown).group(), "in the process", flush=True)
    serving = subprocess.Popen(
        [launcher, "features", "serve", "--port", "18080", "--home", home], stdout=subprocess.PIPE, text=True
    )
    try:
        serving.stdout.readline()
        connection = http.client.HTTPConnection("127.0.0.1", 18080)
        millis = []
        for number in range(1200):
            started = time.perf_counter()
            connection.request("GET", f"/features/{1 + number % 2}?as_of=2020-08-18")
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            millis.append(1000 * (time.perf_counter() - started))
        figures = sorted(millis[200:])
        print(f"{len(figures)} lookups: p50 {figures[500]:.1f} ms, p95 {figures[950]:.1f} ms over HTTP", flush=True)
    finally:
        serving.terminate()
        serving.wait()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--trips", type=pathlib.Path, default=HERE / "demo/features/trips.parquet")
    arguments.add_argument("--scratch", type=pathlib.Path, required=True)
    arguments.add_argument("--rows", type=int, nargs="+", default=[200_000, 3_000_000])
    arguments.add_argument("--repeats", type=int, default=5)
    arguments.add_argument("--rounds", type=int, default=10)
    arguments.add_argument("--threads", type=int, default=2)
    given = arguments.parse_args()
    given.scratch.mkdir(parents=True, exist_ok=True)
    print(f"DuckDB {duckdb.__version__} for Python, {given.repeats} turns, {os.cpu_count()} cores", flush=True)
    heap = {"TRUST_JAVA_OPTS": "-Xmx256m"}
    for rows in given.rows:
        trips = given.scratch / f"trips-{rows}.parquet"
        repeat(given.trips, rows, trips)
        out = given.scratch / "out.parquet"
        launcher = HERE / "trust-pipeline"
        compute = [launcher, "features", "compute", "--in", trips, "--out", out, "--mode", "file"]
        bench = [launcher, "bench", "features", "--in", trips, "--rounds", str(given.rounds)]
        sql = SQL.format(trips=trips, out=out)
        once, often = (
            [sys.executable, "-c", CLIENT.format(threads=given.threads, rounds=rounds), sql] for rounds in (0, given.rounds)
        )
        timed(compute, r"parquet, ([\d.]+) s", heap)  # builds the program where that is still to do
        turns = [
            (
                timed(compute, r"parquet, ([\d.]+) s", heap),
                timed(once, r"first ([\d.e-]+)"),
                timed(bench, r"more ([\d.]+) s", heap),
                timed(often, r"median ([\d.e-]+)"),
            )
            for _ in range(given.repeats)
        ]
        ours, theirs, ours_often, theirs_often = ([statistics.median(figure) for figure in zip(*side)] for side in zip(*turns))
        print(
            f"{rows:,} rows: stage {ours_often[1]:.3f} s, client {theirs_often[1]:.3f} s,"
            f" {ours_often[1] / theirs_often[1]:.2f} times; the first time {ours[1]:.3f} s, client {theirs[1]:.3f} s,"
            f" {ours[1] / theirs[1]:.2f} times; command {ours[0]:.2f} s, client {theirs[0]:.2f} s; memory {ours[2]:.0f} MB",
            flush=True,
        )
    lookups(given.scratch)


if __name__ == "__main__":
    main()
