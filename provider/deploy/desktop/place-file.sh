
dir=$1; name=$2; sha=$3; was=$4; mode=$5; note=$6
live=$dir/$name; part=$dir/.pulumi-tableau.$sha.$$.part
now=-; if [ -f "$live" ]; then now=$(digest "$live"); [ -n "$now" ] || now=unreadable; elif [ -e "$live" ]; then now=other; fi
if [ "$now" != "$was" ] && [ "$now" != "$sha" ]; then emit changed "$dir" "$name" "$now"; exit 1; fi
try "make $dir" make_folder "$dir"
trap 'rm -f "$part"' EXIT
if [ "$now" != "$sha" ]; then
  words=$( { cat > "$part"; } 2>&1) || { emit failed "write into $dir" "$words"; exit 1; }
  got=$(digest "$part")
  if [ "$got" != "$sha" ]; then emit mismatch "$sha" "$(wc -c < "$part" | tr -d ' ')" "$got"; exit 1; fi
  try "set the mode of $name" chmod "$mode" "$part"
  like_above "$part"
  flush
  try "place $name" mv -f "$part" "$live"
else
  try "set the mode of $name" chmod "$mode" "$live"
fi
if [ -n "$note" ]; then
  file=$dir/.pulumi-tableau.$name.owner
  words=$( { printf '%s\n' "$note" > "$file"; } 2>&1) || { emit failed "note who placed $name" "$words"; exit 1; }
  like_above "$file"
fi
emit placed "$dir" "$name"
