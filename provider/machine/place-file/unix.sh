# Puts one file in its place by one rename; its bytes come on standard input.
#
# $1 folder, $2 name, $3 digest, $4 the digest that was seen there ("-": nothing), $5 mode, $6 text of the note beside it
# ("": none). With the file there already, its bytes do not travel and only the note is written. A cut upload ends as a
# clean end of file, so the digest is compared on the machine before the rename.
dir=$1 name=$2 sha=$3 was=$4 mode=$5 note=$6
live=$dir/$name part=$dir/.pulumi-tableau.$sha.$$.part
now=-
if [ -f "$live" ]; then now=$(digest "$live"); [ -n "$now" ] || now=unreadable; elif [ -e "$live" ]; then now=other; fi
if [ "$now" != "$was" ] && [ "$now" != "$sha" ]; then emit changed "$dir" "$name" "$now"; exit 1; fi
try "make $dir" make_folder "$dir"
trap 'rm -f "$part"' EXIT
if [ "$now" != "$sha" ]; then
  # A new file, through no link.
  words=$( { rm -f "$part" && set -C && cat > "$part"; } 2>&1 ) || { emit failed "write into $dir" "$words"; exit 1; }
  got=$(digest "$part")
  if [ "$got" != "$sha" ]; then emit mismatch "$sha" "$(wc -c < "$part" | tr -d ' ')" "$got"; exit 1; fi
  try "set the mode of $name" chmod "$mode" "$part"
  flush_all
  try "place $name" mv -f "$part" "$live"
else
  try "set the mode of $name" chmod "$mode" "$live"
fi
if [ -n "$note" ]; then
  file=$dir/.pulumi-tableau.$name.owner
  words=$( { rm -f "$file" && set -C && printf '%s\n' "$note" > "$file"; } 2>&1 ) || { emit failed "note who placed $name" "$words"; exit 1; }
fi
emit placed "$dir" "$name"
