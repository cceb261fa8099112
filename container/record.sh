#!/bin/sh
# Runs in the image's build: writes /app/java.options, and records the classes of runs over two comments and over the demo's trips.
set -eu
cd /app

# In a fixed order, because the archive holds for one class path only.
classpath=/app/trust-pipeline.jar$(printf ':%s' /app/lib/*.jar)
scratch=$(mktemp -d)
printf '%s\n' comment_unique_key,up_id,posted_date,cleaned_comment \
  '1,7168,2025-01-01,The nurse was very kind to me.' '2,7168,2025-01-02,Nobody listened to us!' >"$scratch/comments.csv"

TRUST_MANAGEMENT_PORT=0 java @container/java.options -XX:AOTCacheOutput=/app/classes.aot \
  -cp "$classpath" io.trustpipeline.cli.ClassRecording run trust --home "$scratch/home" \
  --warehouse "$scratch/comments.csv" --models /app/demo/models \
  --next run features --home "$scratch/home" --in /app/demo/features/trips.parquet --date 2020-08-18 \
  --next features compute --in /app/demo/features/trips.parquet --out "$scratch/features.parquet" --date 2020-08-18 \
  --next thresholds try --theme Competence --at 0.45 --home "$scratch/home"
rm -rf "$scratch"

{ cat container/java.options; echo "-XX:AOTCache=/app/classes.aot"; echo "-cp"; echo "$classpath"; } >java.options
chmod 0444 java.options classes.aot
