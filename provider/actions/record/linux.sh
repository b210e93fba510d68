# Writes the record, and the note that a restart is due, on the initial node.
#
# $1 state directory, $2 `due`, `clear` or `leave`, $3 the reason, $4 digest of the record, which comes on standard
# input: a connection that is cut ends as a clean end of file, and half a record must not take the place of the whole.
# The note takes its place before the record and goes after it, so that a crash in between never forgets a restart.
#
# Both are for root (or the user who runs this) alone: the record holds earlier values of keys.
state=$1 note=$1/restart-required record=$1/record.json part=part.$$
umask 077
own_folders "$state"
if [ ! -d "$state" ]; then try "make the state directory" mkdir -p -m 0755 -- "$state"; fi
trap 'rm -f -- "$note.$part" "$record.$part"' EXIT
words=$( { cat > "$record.$part"; } 2>&1 ) || { emit failed "write $record" "$words"; exit 1; }
[ "$(digest "$record.$part")" = "$4" ] || { emit failed "write $record" "it arrived cut"; exit 1; }
if [ "$2" = due ]; then
  words=$( { printf '%s\n' "$3" > "$note.$part"; } 2>&1 ) || { emit failed "write $note" "$words"; exit 1; }
  flush "$note.$part" "$record.$part"
  try "write $note" mv -fT -- "$note.$part" "$note"
else
  flush "$record.$part"
fi
try "write $record" mv -fT -- "$record.$part" "$record"
if [ "$2" = clear ]; then try "clear the note" rm -f -- "$note"; fi
flush "$state"
trap - EXIT
emit recorded
