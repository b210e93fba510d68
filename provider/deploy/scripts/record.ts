import { failing } from "./failing";

/**
 * Writes the record, and the note that a restart is due, on the initial node.
 *
 * $1 state directory, $2 `due`, `clear` or `leave`, $3 the reason, $4 digest of the record, which comes on standard
 * input: a connection that is cut ends as a clean end of file, and half a record must not take the place of the whole.
 * The note is written before the record and cleared after it, so that a crash in between never forgets a restart.
 */
export const recordScript = `${failing}${String.raw`
state=$1; note=$1/restart-required
try "make the state directory" mkdir -p -- "$state"
try "open the state directory" chmod 0755 -- "$state"
write() {
  words=$( { cat > "$1.part.$$"; } 2>&1 ) || { emit failed "write $1" "$words"; rm -f -- "$1.part.$$"; exit 1; }
  if [ -n "$2" ] && [ "$(digest "$1.part.$$")" != "$2" ]; then
    emit failed "write $1" "it arrived cut"; rm -f -- "$1.part.$$"; exit 1
  fi
  chmod 0644 -- "$1.part.$$"; flush "$1.part.$$"
  try "write $1" mv -fT -- "$1.part.$$" "$1"
}
if [ "$2" = due ]; then printf '%s\n' "$3" | write "$note" "" || exit 1; fi
write "$state/record.json" "$4"
if [ "$2" = clear ]; then try "clear the note" rm -f -- "$note"; fi
flush "$state"
emit recorded
`}`;
