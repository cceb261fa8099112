#!/usr/bin/env bash
# Makes stand-ins for the two base images of the Dockerfile under their own names, for machines that reach no image
# registry: a minimal Debian by debootstrap, with binutils as Temurin's JDK images have, and a JDK of this machine. Needs
# root, buildah and debootstrap.
#
#   JDK=/path/to/jdk-25 [MIRROR=http://…/debian] [SUITE=bookworm] container/stand-in-base.sh
set -euo pipefail

: "${JDK:?the folder of a JDK 25}"
MIRROR=${MIRROR:-http://deb.debian.org/debian}
SUITE=${SUITE:-bookworm}
export BUILDAH_ISOLATION=${BUILDAH_ISOLATION:-chroot} STORAGE_DRIVER=${STORAGE_DRIVER:-vfs}

scratch=$(mktemp -d "${TMPDIR:-/tmp}/base.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

debootstrap --variant=minbase --include=ca-certificates,binutils "$SUITE" "$scratch/root" "$MIRROR" >"$scratch/debootstrap.log" ||
  { tail "$scratch/debootstrap.log" >&2; exit 1; }
rm -rf "$scratch"/root/var/cache/apt/* "$scratch"/root/var/lib/apt/lists/* "$scratch"/root/usr/share/{doc,man,locale}/*
tar -C "$scratch/root" -cf "$scratch/root.tar" .

# What Temurin's JRE images hold: the runtime modules without the tools, in /opt/java/openjdk.
modules=$("$JDK/bin/java" --list-modules | sed 's/@.*//' |
  grep -vE '^jdk\.(compiler|jdeps|jlink|jpackage|jshell|javadoc|jartool|jcmd|jconsole|jdi|jstatd|jsobject|editpad|attach|hotspot\.agent|internal\.(ed|le|opt|vm\.ci|jvmstat|md)|jdwp\.agent|unsupported\.desktop|graal.*)$' |
  paste -sd,)
"$JDK/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages --strip-debug --output "$scratch/jre"
# Its default class-data archive, which Temurin's has too.
"$scratch/jre/bin/java" -Xshare:dump >/dev/null

base() { # the image $1 with the Java of $2
  local container
  container=$(buildah from scratch)
  buildah add --quiet "$container" "$scratch/root.tar" / >/dev/null
  buildah add --quiet "$container" "$2" /opt/java/openjdk >/dev/null
  buildah config --env JAVA_HOME=/opt/java/openjdk --env LANG=C.UTF-8 \
    --env PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$container"
  buildah commit --quiet --rm "$container" "$1" >/dev/null
  echo "made $1"
}

base docker.io/library/eclipse-temurin:25-jdk "$JDK"
base docker.io/library/eclipse-temurin:25-jre "$scratch/jre"
