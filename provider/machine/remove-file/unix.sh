# Takes one file away, if it is still ours.
#
# $1 folder, $2 name, $3 the digest it was placed with, $4 the token in the note beside it ("": no note is kept).
dir=$1 name=$2 sha=$3 token=$4
live=$dir/$name note=$dir/.pulumi-tableau.$name.owner
if [ -n "$token" ]; then
  owner=''
  if [ -f "$note" ]; then read -r owner < "$note"; fi
  if [ "$owner" != "$token" ]; then emit kept owner; exit 0; fi
fi
if [ -f "$live" ]; then
  now=$(digest "$live")
  if [ "$now" = "$sha" ]; then try "remove $name" rm -f "$live"; emit removed; else emit kept changed "$now"; fi
elif [ -e "$live" ]; then emit kept changed other
else emit removed
fi
[ -z "$token" ] || rm -f "$note"
exit 0
