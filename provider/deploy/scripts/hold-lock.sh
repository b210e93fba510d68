
state=$1; lock=$1/lock
words=$( { [ -d "$state" ] || { mkdir -p -- "$state" && chmod 0755 -- "$state"; } && : >> "$lock"; } 2>&1 ) || { emit failed "open the lock $lock" "$words"; exit 1; }
exec 9>> "$lock"
waited=0; told=none
until flock -n 9; do
  who=$(head -c 1024 "$lock.holder" 2>/dev/null)
  if [ "$who" != "$told" ]; then emit waiting "$who"; told=$who; fi
  if [ "$waited" -ge "$3" ]; then emit held "$who"; exit 1; fi
  waited=$((waited + 1))
  flock -w 1 9 && break
done
emit locked
while beat=$(timeout 90 head -c 1 9>&-) && [ -n "$beat" ]; do
  if [ "$beat" = h ]; then printf '%s\n' "$2" 2>/dev/null > "$lock.holder"; fi
done
if [ -e "$lock.holder" ]; then rm -f -- "$lock.holder"; fi
