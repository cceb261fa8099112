#!/usr/bin/env bash
# Builds the image with buildah and runs it as docker would with --read-only: as the image's own user, on a root file system
# that cannot be written to, with /tmp alone. Ends with 0 when the demo does, and a stopped run is resumed.
# Needs root and buildah, and the base images (container/stand-in-base.sh makes them where there is no registry).
#
#   container/try.sh [IMAGE]            MAVEN_REPOSITORY=~/.m2 builds offline from a Maven repository,
#                                     ROUNDS=5 measures starts, SKIP_BUILD=1 takes the image that is there
set -euo pipefail

image=${1:-trust-pipeline}
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
export BUILDAH_ISOLATION=${BUILDAH_ISOLATION:-chroot} STORAGE_DRIVER=${STORAGE_DRIVER:-vfs}

offline=()
if [ -n "${MAVEN_REPOSITORY:-}" ]; then
  offline=(--volume "$MAVEN_REPOSITORY:/root/.m2:ro" --build-arg MAVEN_ARGS=-o)
fi
[ -n "${SKIP_BUILD:-}" ] || buildah bud --pull-never --format docker "${offline[@]}" --tag "$image" .

container=$(buildah from --pull-never "$image")
base=$(buildah from --pull-never docker.io/library/eclipse-temurin:25-jre)
root=$(buildah mount "$container")
scratch=$(mktemp -d)
cleanup() {
  umount -R "$root/tmp" "$root/proc" "$root/dev" "$root" 2>/dev/null || true
  buildah rm "$container" "$base" >/dev/null
  rm -rf "$scratch"
}
trap cleanup EXIT

megabytes() { du -sm --one-file-system "$1" | cut -f1; }
size=$(($(megabytes "$root") - $(megabytes "$(buildah mount "$base")")))
echo "image without its base: $size MB"
[ "$size" -le 350 ] || { echo "that is more than 350 MB" >&2; exit 1; }

chmod 1777 "$scratch"
mount --bind "$root" "$root"
mount --bind "$scratch" "$root/tmp"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -o remount,bind,ro "$root"

field() { buildah inspect --type image --format "{{range .Docker.Config.$1}}{{.}}{{\"\n\"}}{{end}}" "$image"; }
mapfile -t environment < <(field Env)
mapfile -t entrypoint < <(field Entrypoint)
user=$(buildah inspect --type image --format '{{.Docker.Config.User}}' "$image")

# The image as its own user; variables, then "${entry[@]}" and arguments follow. Each step replaces the one before it, so that
# a signal reaches the program.
enter=(chroot --userspec="$user" "$root" env -i "${environment[@]}")
entry=(env -C /tmp "${entrypoint[@]}")

if "${enter[@]}" touch /app/written 2>/dev/null; then
  echo "the root file system can be written to" >&2
  exit 1
fi
"${enter[@]}" "${entry[@]}" demo
echo "the demo ended with 0"

request=(run trust --run-id stopped --up-id 7168 --warehouse /app/demo/comments.parquet --home /tmp/other)
"${enter[@]}" TRUST_PAUSE_AT=AFTER_PLAN:5000 "${entry[@]}" "${request[@]}" >"$scratch/stopped.log" &
process=$!
until grep -q 'paused at AFTER_PLAN' "$scratch/stopped.log"; do
  kill -0 "$process" || { cat "$scratch/stopped.log"; exit 1; }
  sleep 0.2
done
"${enter[@]}" bash /app/container/health.sh
echo "the health check passes while it runs"
kill -TERM "$process"
status=0
wait "$process" || status=$?
[ "$status" -eq 75 ] || { echo "a stopped run ended with $status, not 75" >&2; exit 1; }
"${enter[@]}" "${entry[@]}" "${request[@]}" | tail -n 1
echo "a run that was stopped ended with 75, and with 0 when it was started again"

# From the start of the process until the first row is scored: with the archive of classes and without, in turn.
printf '%s\n' comment_unique_key,up_id,posted_date,cleaned_comment '1,7168,2025-01-01,Very kind staff.' >"$scratch/one.csv"
first_row() { # $1 = on or off: prints milliseconds
  local began=${EPOCHREALTIME/[.,]/} home
  home=$(mktemp -d -p "$scratch")
  chmod 1777 "$home"
  "${enter[@]}" TRUST_PAUSE_AT=AFTER_FIRST_BATCH:1 TRUST_MANAGEMENT_PORT=0 JDK_JAVA_OPTIONS="-XX:AOTMode=$1" "${entry[@]}" run trust \
    --up-id 7168 --warehouse /tmp/one.csv --home "/tmp/${home##*/}" 2>/dev/null | while read -r line; do
    case $line in *'paused at AFTER_FIRST_BATCH'*) echo $(((${EPOCHREALTIME/[.,]/} - began) / 1000)) ;; esac
  done
}
for ((round = 1; round <= ${ROUNDS:-0}; round++)); do
  echo "round $round, first row after: $(first_row on) ms with the archive, $(first_row off) ms without"
done
