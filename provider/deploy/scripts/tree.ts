/**
 * Shell function for the folders of unpacked connectors: `tree FOLDER` prints the digest of a folder, that is, of what
 * sha256sum prints of its files, in the order of the bytes of their paths. See docs/placement.md.
 *
 * In a subshell of its own: the folder must not become the script's.
 */
export const treeFunction = String.raw`
tree() (
  cd -- "$1" 2>/dev/null || exit 1
  sums=$(find . \( -type f -o -type l \) -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum 2>/dev/null)
  sum=$(printf '%s\n' "$sums" | sha256sum); printf %s "${"${sum%% *}"}"
)
`;
