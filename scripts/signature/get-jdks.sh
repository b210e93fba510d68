#!/usr/bin/env bash
# Fetches JDKs of several versions for `npm run corpus:signature` and `npm run fuzz:signature`, and leaves the system as it is: Debian's packages of
# several releases are unpacked below ~/.cache/pulumi-tableau/jdks. Programs of a newer Debian run with that one's own C library. Needs apt and dpkg-deb.
#
#   scripts/signature/get-jdks.sh                                   what `accepted` is judged by
#   scripts/signature/get-jdks.sh bullseye/openjdk-17 sid/openjdk-26    what else you like
set -euo pipefail
target=$HOME/.cache/pulumi-tableau/jdks
[ $# -gt 0 ] || set -- bullseye/openjdk-17 bookworm/openjdk-17 bookworm-security/openjdk-17 trixie-security/openjdk-21 trixie-security/openjdk-25
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The mirror that this machine is set up with.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m1 -E '/debian/?$')
mirror=${mirror%/}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
mkdir -p "$work"/lists/partial "$work"/archives/partial "$target"
for package in "$@"; do
  suite=${package%%/*}
  case $suite in *-security) uri=$mirror-security ;; *) uri=$mirror ;; esac
  echo "deb [signed-by=$keyring] $uri $suite main"
  case $suite in *-security) echo "deb [signed-by=$keyring] $mirror ${suite%-security} main" ;; esac
done | sort -u >"$work/sources.list"
apt() {
  apt-get -qq -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$work/lists" -o Dir::Cache="$work" \
    -o APT::Sandbox::User=root "$@"
}
apt update

fetch() { # SUITE PACKAGE INTO
  (cd "$work" && rm -f ./*.deb && apt download "$2/$1" && dpkg-deb -x ./*.deb "$3")
}
for package in "$@"; do
  suite=${package%%/*}
  name=${package#*/}
  root=$(mktemp -d "$target/.root-XXXXXX")
  fetch "$suite" "$name-jre-headless" "$root"
  fetch "$suite" "$name-jdk-headless" "$root"
  home=$(find "$root/usr/lib/jvm" -mindepth 1 -maxdepth 1 -type d | head -n1)
  # Debian keeps settings in /etc, where another version's may lie.
  find "$home" -type l | while read -r link; do
    to=$(readlink "$link")
    [ ! -e "$root$to" ] || ln -sfn "$root$to" "$link"
  done
  if ! "$home/bin/java" -version 2>/dev/null; then
    for library in libc6 libstdc++6 libgcc-s1 zlib1g; do fetch "${suite%-security}" "$library" "$root"; done
    for tool in java javac jar jarsigner keytool; do
      mv "$home/bin/$tool" "$home/bin/$tool.real"
      printf '#!/bin/sh\nexec %s --library-path %s %s "$@"\n' "$root/usr/lib64/ld-linux-x86-64.so.2" "$root/usr/lib/x86_64-linux-gnu" "$home/bin/$tool.real" \
        >"$home/bin/$tool"
      chmod +x "$home/bin/$tool"
    done
    "$home/bin/java" -version
  fi
  version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)"/\1/p' "$home/release")
  ln -sfn "$home" "$target/$version"
  echo "$version from $suite"
done
