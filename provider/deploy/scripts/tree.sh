
tree() (
  cd -- "$1" 2>/dev/null || exit 1
  sums=$(find . \( -type f -o -type l \) -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum 2>/dev/null)
  sum=$(printf '%s\n' "$sums" | sha256sum); printf %s "${sum%% *}"
)
