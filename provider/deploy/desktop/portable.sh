
digest() {
  if command -v sha256sum >/dev/null 2>&1; then sum=$(sha256sum < "$1" 2>/dev/null)
  else sum=$(shasum -a 256 < "$1" 2>/dev/null)
  fi
  printf %s "${sum%% *}"
}
flush() { sync; }
# What root makes in the home of somebody must be theirs: the folder above decides.
like_above() {
  [ "$(id -u)" = 0 ] || return 0
  set -- "$1" $(ls -ldn "${1%/*}" 2>/dev/null)
  [ -n "$4" ] && [ -n "$5" ] && chown "$4:$5" "$1" 2>/dev/null
  return 0
}
make_folder() {
  [ -d "$1" ] && return 0
  case $1 in /*/*) make_folder "${1%/*}" || return 1 ;; esac
  mkdir "$1" 2>/dev/null || [ -d "$1" ] || { mkdir "$1"; return 1; }
  chmod 755 "$1"
  like_above "$1"
}
