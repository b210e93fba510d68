
state=$1; store=$1/store; new=$1/store/.incoming.$$; shift
there= trees= field=0 total=0
for word do
  if [ "$field" = 0 ] && [ -f "$store/$word" ]; then there="$there $word"; fi
  if [ "$field" = 0 ] && [ -d "$store/$word" ] && [ "$(tree "$store/$word")" = "$word" ]; then trees="$trees $word"; fi
  if [ "$field" = 1 ] && [ "$word" != - ]; then total=$((total + word)); fi
  field=$(((field + 1) % 5))
done
sums=; if [ -n "$there" ]; then cd -- "$store" && sums "$total" $there; fi
wants= field=0
for word do
  if [ "$field" = 0 ]; then holds "$sums" "$word" "$word" || case "$trees " in *" $word "*) ;; *) wants="$wants $word" ;; esac; fi
  field=$(((field + 1) % 5))
done
emit wants $wants
[ -n "$wants" ] || exit 0

unpack() {
  mkdir -- "$1" && read -r count || return 1
  while [ "$count" -gt 0 ]; do
    read -r bytes path || return 1
    case /$path/ in */../*) return 1 ;; esac
    case $path in */*) mkdir -p -- "$1/${path%/*}" || return 1 ;; esac
    head -c "$bytes" > "$1/$path" || return 1
    count=$((count - 1))
  done
  chmod -R u=rwX,go=rX -- "$1"
}
store_one() {
  if [ "$2" = - ]; then unpack "$new/$1"; else head -c "$2" > "$new/$1"; fi && printf '%s\n%s\n%s\n' "$3" "$4" "$5" > "$new/$1.info"
}

trap 'rm -rf -- "$new"' EXIT
# By mkdir first: where nothing can be made, install does not say why. A store that is there has its mode already.
fresh=no; [ -d "$store" ] || fresh=yes
try "make the store" mkdir -p -- "$new"
if [ "$fresh" = yes ]; then try "open the store" install -d -m 0755 -- "$state" "$store"; fi
words=$(
  while [ $# -gt 0 ]; do
    case "$wants " in *" $1 "*)
      store_one "$1" "$2" "$3" "$4" "$5" 2>&1 || exit 1 ;;
    esac
    shift 5
  done
) || { emit failed "write into $store" "$words"; exit 1; }
# Onto the disk while they are hashed.
flush "$new"/* & flushing=$!
cd -- "$new" && sums "$total" $wants
for sha in $wants; do
  holds "$sums" "$sha" "$sha" && continue
  if [ -d "$new/$sha" ] && [ "$(tree "$new/$sha")" = "$sha" ]; then rm -rf -- "$store/$sha"; sync; continue; fi
  emit mismatch "$sha" "$(stat -c %s -- "$new/$sha")" "$(if [ -d "$new/$sha" ]; then tree "$new/$sha"; else digest "$new/$sha"; fi)"; exit 1
done
wait "$flushing"
try "move the packages into the store" mv -f -- "$new"/* "$store/"
for sha in $wants; do emit delivered "$sha"; done
