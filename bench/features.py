"""Times `features compute` against DuckDB's Python client doing the same SQL on the same files.

    pip install duckdb
    python bench/features.py --trips TRIPS.parquet --scratch FOLDER

Rows are the given trips, repeated under other dates. Each side runs in a process of its own, alternately; figures are medians
of wall time. "stage" is the computation alone, from opening the database to the finished file; "command" starts and ends the
process as well.
"""

import argparse
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
import sys, time, duckdb
started = time.perf_counter()
connection = duckdb.connect(config={{"memory_limit": "512MB", "threads": {threads}}})
connection.execute(sys.argv[1])
connection.close()
print("stage", time.perf_counter() - started)
"""


def repeat(trips, rows, target):
    copies = -(-rows // duckdb.execute(f"SELECT count(*) FROM read_parquet('{trips}')").fetchall()[0][0])
    duckdb.execute(
        f"""COPY (SELECT * EXCLUDE (copy) REPLACE (tpep_pickup_datetime + INTERVAL (3 * copy) YEAR AS tpep_pickup_datetime)
            FROM read_parquet('{trips}'), range({copies}) AS copies(copy) LIMIT {rows})
            TO '{target}' (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 122880)"""
    )


def timed(command, pattern):
    started = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - started, float(re.search(pattern, done.stdout).group(1).replace(",", ""))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--trips", type=pathlib.Path, default=HERE / "demo/features/trips.parquet")
    arguments.add_argument("--scratch", type=pathlib.Path, required=True)
    arguments.add_argument("--rows", type=int, nargs="+", default=[200_000, 3_000_000])
    arguments.add_argument("--repeats", type=int, default=5)
    arguments.add_argument("--threads", type=int, default=2)
    given = arguments.parse_args()
    given.scratch.mkdir(parents=True, exist_ok=True)
    for rows in given.rows:
        trips = given.scratch / f"trips-{rows}.parquet"
        repeat(given.trips, rows, trips)
        out = given.scratch / "out.parquet"
        ours = [HERE / "trust-pipeline", "features", "compute", "--in", trips, "--out", out, "--mode", "file"]
        client = [sys.executable, "-c", CLIENT.format(threads=given.threads), SQL.format(trips=trips, out=out)]
        figures = [(timed(ours, r"parquet, ([\d.,]+) s"), timed(client, r"stage ([\d.]+)")) for _ in range(given.repeats)]
        (command, stage), (client_command, client_stage) = (
            [statistics.median(values) for values in zip(*side)] for side in zip(*figures)
        )
        print(
            f"{rows:,} rows: stage {stage:.2f} s, client {client_stage:.2f} s, {stage / client_stage:.2f} times;"
            f" command {command:.2f} s, client {client_command:.2f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
