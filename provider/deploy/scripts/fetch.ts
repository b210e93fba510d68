/**
 * Sends the bytes of files, in base64, so that what they are can be read on this side.
 *
 * $1 greatest size in bytes, then the paths.
 */
export const fetchScript = String.raw`
limit=$1; shift
for f do
  size=$(stat -Lc %s -- "$f" 2>/dev/null) || { emit missing "$f"; continue; }
  if [ "$size" -gt "$limit" ]; then emit large "$f" "$size"; continue; fi
  emit bytes "$f" "$(base64 -w 0 < "$f" 2>/dev/null)"
done
emit end
`;
