import { failing } from "./failing";

/**
 * Puts verified copies of stored packages beside the live files, under names that Tableau does not read.
 *
 * $1 state directory, $2 live directory, then the digests. Nothing live changes: this is the barrier that every node
 * has to pass before the first rename.
 */
export const stageScript = `${failing}${String.raw`
store=$1/store; dir=$2; shift 2
if [ ! -d "$dir" ]; then
  try "make $dir" mkdir -p -- "$dir"
  try "open $dir" chmod 0755 -- "$dir"
fi
for sha do
  part=$dir/.pulumi-tableau.$sha.part
  words=$(cp -f -- "$store/$sha" "$part" 2>&1) || { rm -f -- "$part" 2>/dev/null; emit failed "copy $sha beside the live files" "$words"; exit 1; }
  got=$(digest "$part")
  if [ "$got" != "$sha" ]; then rm -f -- "$part"; emit mismatch "$sha" "$(stat -c %s -- "$part" 2>/dev/null)" "$got"; exit 1; fi
  try "set the mode of $sha" chmod 0644 -- "$part"
  flush "$part"
  emit staged "$sha"
done
`}`;
