# The folders of unpacked connectors.
#
# tree FOLDER: prints the digest of a folder, that is, of what sha256sum prints of its files, in the order of the bytes of
# their paths; see docs/placement.md. It has none where anything in it is neither a file nor a folder, as a link or a pipe,
# where a file is too large or cannot be read, or where a folder of ours has one of somebody else in it. A folder of somebody
# else, or below one, is read with the rights of that user.
tree() { if [ -n "$reader_id" ]; then as_reader sh -c "$tree_program" tree "$1" "$largest"; else tree_of_ours "$1"; fi; }
# tree_of_ours FOLDER: the same, whatever folder is entered, of one that lies in a folder of ours.
tree_of_ours() {
  whose=$(exec stat -c '%u %U' -- "$1" 2>/dev/null) || return 1
  if [ "$me" = 0 ] && ! is_ours "${whose%% *}"; then as_user "${whose#* }" "${whose%% *}" sh -c "$tree_program" tree "$1" "$largest"
  else timeout "$patience" sh -c "$tree_program" tree "$1" "$largest"
  fi
}
# shellcheck disable=SC2016 # the shell that runs it expands it
tree_program='
  [ ! -h "$1" ] && cd -P -- "$1" || exit 1
  size=$2
  # Root reads a folder of its own only where nobody else can write in any part of it.
  case $(id -u) in
    0) set -- ! -uid 0 -o -type d -perm -020 -o -type d -perm -002 ;;
    *) set -- ! -uid "$(id -u)" ! -uid 0 ;;
  esac
  strange=$(find . ! -type f ! -type d -o -type f -size "+${size}c" -o -type d "$@" | head -n 1) || exit 1
  [ -z "$strange" ] || exit 1
  sums=$(find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum 2>/dev/null) || exit 1
  sum=$(printf "%s\n" "$sums" | sha256sum)
  printf %s "${sum%% *}"
'
