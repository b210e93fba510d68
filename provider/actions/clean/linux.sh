# Removes what no run needs any more: packages beyond those kept, and temporary files of interrupted runs.
#
# $1 state directory, $2 how many live directories have such files, then those, then the digests to remove. Unfinished
# uploads younger than a day may belong to somebody who is delivering right now.
state=$1 store=$1/store count=$2
shift 2
own_folders "$state" "$store"
while [ "$count" -gt 0 ]; do
  # A folder that is not safe is reported by the next look.
  if enter "$1"; then as_owner rm -rf -- ./.pulumi-tableau.*.part; fi
  count=$((count - 1))
  shift
done
cd /
for sha do rm -rf -- "${store:?}/$sha" "$store/$sha.info"; done
find "$store" -maxdepth 1 -name '.incoming.*' -mtime +0 -exec rm -rf -- {} + 2>/dev/null
find "$state" -maxdepth 1 -name '*.part.*' -mtime +0 -exec rm -f -- {} + 2>/dev/null
emit end
