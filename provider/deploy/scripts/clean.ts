/**
 * Removes what no run needs any more: packages beyond those kept, and temporary files of interrupted runs.
 *
 * $1 state directory, $2 live directory, then the digests to remove. Unfinished uploads younger than a day may belong to
 * somebody who is delivering right now.
 */
export const cleanScript = String.raw`
state=$1; store=$1/store; dir=$2; shift 2
for sha do rm -f -- "$store/$sha" "$store/$sha.info"; done
rm -f -- "$dir"/.pulumi-tableau.*.part
find "$store" -maxdepth 1 -name '.incoming.*' -mtime +0 -exec rm -rf -- {} + 2>/dev/null
find "$state" -maxdepth 1 -name '*.part.*' -mtime +0 -exec rm -f -- {} + 2>/dev/null
emit end
`;
