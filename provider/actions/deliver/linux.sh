# Sees to it that the store holds packages, verified. What it holds already and is sound stays.
#
# $1 state directory, then for each package six values: digest, size, class, version, file name, and the path of a live file that may
# have the same bytes, or `-`: then these are copied, and need not travel. The folder of an unpacked connector has the size `-`: its
# bytes are a line with the count of its files, and for each a line with size and path and then its bytes. It answers
# `wants DIGEST...` first, and then reads the bytes of those packages from standard input, one after the other. Each is kept
# under its digest only if it has that digest: a cut upload ends here as a clean end of file and is thrown away. A hundred packages start few more processes than one: a process costs more than its work.
#
# The store is for root (or the user who runs this) alone: it keeps files that were live before, whoever could read them.
state=$1 store=$1/store new=''
shift
umask 077
own_store "$store"
there='' trees='' field=0 total=0
for word do
  if [ "$field" = 0 ] && [ -f "$store/$word" ]; then there="$there $word"; fi
  if [ "$field" = 0 ] && [ -d "$store/$word" ] && [ "$(tree "$store/$word")" = "$word" ]; then trees="$trees $word"; fi
  if [ "$field" = 1 ] && [ "$word" != - ]; then total=$((total + word)); fi
  field=$(((field + 1) % 6))
done
sums=''
# shellcheck disable=SC2086 # digests
if [ -n "$there" ]; then cd -- "$store" && sums "$total" $there; fi
wants='' field=0
for word do
  if [ "$field" = 0 ]; then holds "$sums" "$word" "$word" || case "$trees " in *" $word "*) ;; *) wants="$wants $word" ;; esac; fi
  field=$(((field + 1) % 6))
done

trap '[ -z "$new" ] || rm -rf -- "$new"' EXIT
fresh=no
[ -d "$state" ] || fresh=yes
# What goes wrong here is told when the bytes have come.
adopt() {
  case $2$6 in *-) return 1 ;; -*) return 1 ;; esac
  [ -f "$6" ] || return 1
  [ -n "$new" ] || { mkdir -p -- "$store" && new=$(mktemp -d -- "$store/.incoming.XXXXXXXX"); } 2>/dev/null || return 1
  # shellcheck disable=SC2154 # may_be_read sets $size
  if (enter "${6%/*}" && may_be_read "$6" && [ "$size" = "$2" ] && bytes_of "./${6##*/}" | head -c "$2") > "$new/$1" 2>/dev/null \
    && [ "$(digest "$new/$1")" = "$1" ]; then
    printf '%s\n%s\n%s\n' "$3" "$4" "$5" > "$new/$1.info" && return 0
  fi
  rm -f -- "$new/$1" "$new/$1.info"
  return 1
}
left='' adopted=''
adopt_live() {
  while [ $# -gt 0 ]; do
    case "$wants " in *" $1 "*)
      case "$adopted " in *" $1 "*) ;; *) if adopt "$@"; then adopted="$adopted $1"; else left="$left $1"; fi ;; esac ;;
    esac
    shift 6 || exit
  done
}
adopt_live "$@"
wants=$left
# shellcheck disable=SC2086
emit wants $wants
[ -n "$wants$adopted" ] || exit 0

unpack() {
  mkdir -- "$1" && read -r count || return 1
  while [ "$count" -gt 0 ]; do
    read -r bytes path || return 1
    case /$path/ in */../*) return 1 ;; esac
    case $path in */*) mkdir -p -- "$1/${path%/*}" || return 1 ;; esac
    head -c "$bytes" > "$1/$path" || return 1
    count=$((count - 1))
  done
}
store_one() {
  if [ "$2" = - ]; then unpack "$new/$1"; else head -c "$2" > "$new/$1"; fi && printf '%s\n%s\n%s\n' "$3" "$4" "$5" > "$new/$1.info"
}

[ -d "$store" ] || try "make the store" mkdir -p -- "$store"
# Nodes may share the store: a name that no other process has, on whatever node.
if [ -z "$new" ]; then
  words=$(mktemp -d -- "$store/.incoming.XXXXXXXX" 2>&1) || { emit failed "write into $store" "$words"; exit 1; }
  new=$words
fi
if [ "$fresh" = yes ]; then try "open the state directory" chmod 0755 -- "$state"; fi
words=$(
  while [ $# -gt 0 ]; do
    case "$wants " in *" $1 "*)
      store_one "$1" "$2" "$3" "$4" "$5" 2>&1 || exit 1 ;;
    esac
    shift 6 || exit
  done
) || { emit failed "write into $store" "$words"; exit 1; }
# Onto the disk while they are hashed.
flush "$new"/* & flushing=$!
cd -- "$new" || exit 1
sums=''
# shellcheck disable=SC2086
if [ -n "$wants" ]; then sums "$total" $wants; fi
for sha in $wants; do
  holds "$sums" "$sha" "$sha" && continue
  if [ -d "$new/$sha" ] && [ "$(tree "$new/$sha")" = "$sha" ]; then rm -rf -- "${store:?}/$sha"; sync; continue; fi
  if [ -d "$new/$sha" ]; then got=$(tree "$new/$sha"); else got=$(digest "$new/$sha"); fi
  emit mismatch "$sha" "$(stat -c %s -- "$new/$sha")" "$got"
  exit 1
done
wait "$flushing"
try "move the packages into the store" mv -f -- "$new"/* "$store/"
for sha in $wants; do emit delivered "$sha"; done
for sha in $adopted; do emit copied "$sha"; done
