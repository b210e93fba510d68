import { failing } from "./failing";

/**
 * Puts packages into the store: their bytes come one after the other on standard input.
 *
 * $1 state directory, then for each package: digest, size, class, version, file name. A cut upload ends as a clean end
 * of file, so length and digest are compared before the rename. All of them or none are stored; each program is started
 * once for all, since starting it costs more than its work.
 */
export const deliverScript = `${failing}${String.raw`
state=$1; store=$1/store; new=$1/store/.incoming.$$; shift
try "make the store" mkdir -p -- "$store"
try "open the store" chmod 0755 -- "$state" "$store"
trap 'rm -rf -- "$new"' EXIT
try "make room in the store" mkdir -p -- "$new"
words=$(
  while [ $# -gt 0 ]; do
    { head -c "$2" > "$new/$1" && printf '%s\n%s\n%s\n' "$3" "$4" "$5" > "$new/$1.info"; } 2>&1 || exit 1
    shift 5
  done
) || { emit failed "write into $store" "$words"; exit 1; }
digests=
while [ $# -gt 0 ]; do digests="$digests $1"; shift 5; done
sums=$(cd -- "$new" && sha256sum -- $digests 2>/dev/null)
line_end='
'
for sha in $digests; do
  case "$line_end$sums$line_end" in *"$line_end$sha  $sha$line_end"*) continue ;; esac
  emit mismatch "$sha" "$(stat -c %s -- "$new/$sha")" "$(digest "$new/$sha")"; exit 1
done
flush "$new"/*
try "move the packages into the store" mv -f -- "$new"/* "$store/"
for sha in $digests; do emit delivered "$sha"; done
`}`;
