# For scripts that change something: `try WHAT COMMAND...` runs the command and, if it fails, answers with what was tried
# and the command's own words, and ends the script.
try() {
  what=$1
  shift
  words=$("$@" 2>&1 >/dev/null) || { emit failed "$what" "$words"; exit 1; }
}
# Data on disk before the name: a power cut leaves the old file or the new one. Old coreutils cannot sync one file.
flush() { sync -- "$@" 2>/dev/null || sync; }
