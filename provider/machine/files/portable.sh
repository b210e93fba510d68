# For machines of people: beside GNU and busybox also the BSD programs of macOS, which has no sha256sum and whose stat,
# base64 and mktemp take other options.
#
# digest FILE: prints the digest of a file, and nothing of what is no regular file or larger than 1 GB: a pipe or a device would
# never end.
digest() {
  is_file "$1" || return 0
  if command -v sha256sum >/dev/null 2>&1; then sum=$(sha256sum < "$1" 2>/dev/null)
  else sum=$(shasum -a 256 < "$1" 2>/dev/null)
  fi
  printf %s "${sum%% *}"
}
is_file() { [ -f "$1" ] && [ -z "$(find -L "$1" -prune -size +2097152 2>/dev/null)" ]; }
flush_all() { sync; }
make_folder() {
  [ ! -d "$1" ] || return 0
  case $1 in /*/*) make_folder "${1%/*}" || return 1 ;; esac
  mkdir "$1" 2>/dev/null || [ -d "$1" ] || { mkdir "$1"; return 1; }
  chmod 755 "$1"
}
