# Holds the lock of a server for as long as this script runs: the kernel frees it when the script ends, however it ends.
#
# $1 state directory, $2 who we are, $3 how many seconds to wait for another holder. A holder whose client has vanished
# ends by itself when no heartbeat (a byte on standard input) came for 90 seconds: sshd may keep a dead session for
# hours. The byte `h` has the holder's name written down for whoever waits; a run that finds nothing to change never
# sends it, and so writes nothing.
#
# Only those who may change the server can open the lock, and so hold it.
state=$1 lock=$1/lock
umask 077
own_folders "$state"
words=$( { [ -d "$state" ] || { mkdir -p -- "$state" && chmod 0755 -- "$state"; } && : >> "$lock"; } 2>&1 ) || { emit failed "open the lock $lock" "$words"; exit 1; }

# Whether a process of ours has the lock file open: of what others hold, only the file is known.
held_by_us() {
  # shellcheck disable=SC2044 # paths without blanks
  for open in $(find /proc/[0-9]*/fd -lname "$lock" 2>/dev/null); do
    process=${open%/fd/*}
    if [ -O "$process" ]; then return 0; fi
  done
  return 1
}
# Earlier versions left it open to everybody. Whoever has opened it then may hold it still: if that is nobody of ours, another file
# takes its place.
if [ "$(exec stat -c %a -- "$lock")" != 600 ]; then
  try "close the lock to others" chmod 0600 -- "$lock"
  if ! flock -n "$lock" true && ! held_by_us; then
    try "replace the lock" mv -fT -- "$(mktemp -- "$lock.XXXXXX")" "$lock"
  fi
fi
waited=0 told=none
exec 9>> "$lock"
until flock -n 9; do
  who=$(head -c 1024 "$lock.holder" 2>/dev/null)
  if [ "$who" != "$told" ]; then emit waiting "$who"; told=$who; fi
  if [ "$waited" -ge "$3" ]; then emit held "$who"; exit 1; fi
  waited=$((waited + 1))
  flock -w 1 9 && break
done
# Another run may have put another file there just before.
if [ "$(exec stat -L -c %i -- /proc/self/fd/9)" != "$(exec stat -c %i -- "$lock")" ]; then
  emit held "a run that began at the same time"
  exit 1
fi
emit locked
while beat=$(timeout 90 head -c 1 9>&-) && [ -n "$beat" ]; do
  if [ "$beat" = h ]; then printf '%s\n' "$2" 2>/dev/null > "$lock.holder"; fi
done
if [ -e "$lock.holder" ]; then rm -f -- "$lock.holder"; fi
