import { failing } from "./failing";

/**
 * Sees to it that the store holds packages, verified. What it holds already and is sound stays.
 *
 * $1 state directory, then for each package five values: digest, size, class, version and file name. It answers
 * `wants DIGEST...` first, and then reads the bytes of those packages from standard input, one after the other. Each is
 * kept under its digest only if it has that digest: a cut upload ends here as a clean end of file and is thrown away. A
 * hundred packages start few more processes than one: a process costs more than its work.
 */
export const deliverScript = `${failing}${String.raw`
state=$1; store=$1/store; new=$1/store/.incoming.$$; shift
there= field=0
for word do
  if [ "$field" = 0 ] && [ -f "$store/$word" ]; then there="$there $word"; fi
  field=$(((field + 1) % 5))
done
sums=; if [ -n "$there" ]; then sums=$(cd -- "$store" && exec sha256sum -- $there 2>/dev/null); fi
wants= field=0
for word do
  if [ "$field" = 0 ]; then holds "$sums" "$word" "$word" || wants="$wants $word"; fi
  field=$(((field + 1) % 5))
done
emit wants $wants
[ -n "$wants" ] || exit 0

trap 'rm -rf -- "$new"' EXIT
try "make the store" install -d -m 0755 -- "$state" "$store" "$new"
words=$(
  while [ $# -gt 0 ]; do
    case "$wants " in *" $1 "*)
      { head -c "$2" > "$new/$1" && printf '%s\n%s\n%s\n' "$3" "$4" "$5" > "$new/$1.info"; } 2>&1 || exit 1 ;;
    esac
    shift 5
  done
) || { emit failed "write into $store" "$words"; exit 1; }
sums=$(cd -- "$new" && exec sha256sum -- $wants 2>/dev/null)
for sha in $wants; do
  holds "$sums" "$sha" "$sha" && continue
  emit mismatch "$sha" "$(stat -c %s -- "$new/$sha")" "$(digest "$new/$sha")"; exit 1
done
flush "$new"/*
try "move the packages into the store" mv -f -- "$new"/* "$store/"
for sha in $wants; do emit delivered "$sha"; done
`}`;
