/**
 * Shell functions for scripts that change something: `try WHAT COMMAND...` runs the command and, if it fails, answers
 * with what was tried and the command's own words, and ends the script. `holds SUMS DIGEST NAME`: what sha256sum printed
 * says so of that file.
 */
export const failing = String.raw`
line_end='
'
try() {
  what=$1; shift
  words=$("$@" 2>&1 >/dev/null) || { emit failed "$what" "$words"; exit 1; }
}
digest() { sum=$(sha256sum < "$1" 2>/dev/null); printf %s "${"${sum%% *}"}"; }
holds() { case "$line_end$1$line_end" in *"$line_end$2  $3$line_end"*) return 0 ;; esac; return 1; }
# Data on disk before the name: a power cut leaves the old file or the new one. Old coreutils cannot sync one file.
flush() { sync -- "$@" 2>/dev/null || sync; }
`;
