import { failing } from "./failing";

/**
 * Puts packages into the store: their bytes come one after the other on standard input.
 *
 * $1 state directory, then for each package: digest, size, class, version, file name. A cut upload ends as a clean end
 * of file, so length and digest are compared before the rename.
 */
export const deliverScript = `${failing}${String.raw`
state=$1; store=$1/store; shift
try "make the store" mkdir -p -- "$store"
try "open the store" chmod 0755 -- "$state" "$store"
while [ $# -gt 0 ]; do
  sha=$1; size=$2; class=$3; version=$4; file=$5; shift 5
  part=$store/.incoming.$sha.$$
  trap 'rm -f -- "$part"' EXIT
  words=$( { head -c "$size" > "$part"; } 2>&1 ) || { emit failed "write $sha" "$words"; exit 1; }
  got=$(digest "$part")
  if [ "$got" != "$sha" ]; then emit mismatch "$sha" "$(stat -c %s -- "$part")" "$got"; exit 1; fi
  try "set the mode of $sha" chmod 0644 -- "$part"
  words=$( { printf '%s\n%s\n%s\n' "$class" "$version" "$file" > "$part.info"; } 2>&1 ) || { emit failed "describe $sha" "$words"; rm -f -- "$part.info"; exit 1; }
  chmod 0644 -- "$part.info"
  flush "$part" "$part.info"
  try "store $sha" mv -fT -- "$part" "$store/$sha"
  try "store $sha" mv -fT -- "$part.info" "$store/$sha.info"
  emit delivered "$sha"
done
`}`;
