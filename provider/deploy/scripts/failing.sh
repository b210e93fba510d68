
try() {
  what=$1; shift
  words=$("$@" 2>&1 >/dev/null) || { emit failed "$what" "$words"; exit 1; }
}
# Data on disk before the name: a power cut leaves the old file or the new one. Old coreutils cannot sync one file.
flush() { sync -- "$@" 2>/dev/null || sync; }
