#!/bin/sh
# Runs in the image's build: takes out of the libraries what this image cannot use, which are native libraries for other
# systems and processors, and the symbols of DuckDB's library (where the build has binutils, as Temurin's JDK images do).
#
#   container/trim.sh FOLDER
set -eu
cd "$1"

case $(uname -m) in
  x86_64) processor='(amd64|x86_64|x86-64)' ;;
  aarch64 | arm64) processor='(aarch64|arm64)' ;;
  *) exit 0 ;;
esac
native='\.(so|dll|dylib|jnilib|a)$'
ours="(^|/)[Ll]inux[-/]$processor/[^/]*$native"

scratch=$(mktemp -d)
for jar in *.jar; do
  foreign=$(jar --list --file "$jar" | grep -E "$native" | grep -vE "$ours" || true)
  if [ -n "$foreign" ]; then
    (mkdir "$scratch/jar" && cd "$scratch/jar" && jar --extract --file "$OLDPWD/$jar" && echo "$foreign" | xargs rm -f)
    jar --create --file "$jar" --no-manifest -C "$scratch/jar" .
    rm -r "$scratch/jar"
  fi
done
rm -r "$scratch"

if command -v strip >/dev/null; then
  strip --strip-unneeded libduckdb_java.so_*
fi
