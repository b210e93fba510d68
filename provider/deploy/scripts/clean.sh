
state=$1; store=$1/store; count=$2; shift 2
while [ "$count" -gt 0 ]; do rm -rf -- "$1"/.pulumi-tableau.*.part; count=$((count - 1)); shift; done
for sha do rm -rf -- "$store/$sha" "$store/$sha.info"; done
find "$store" -maxdepth 1 -name '.incoming.*' -mtime +0 -exec rm -rf -- {} + 2>/dev/null
find "$state" -maxdepth 1 -name '*.part.*' -mtime +0 -exec rm -f -- {} + 2>/dev/null
emit end
