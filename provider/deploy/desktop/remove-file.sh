
dir=$1; name=$2; sha=$3; token=$4
live=$dir/$name; note=$dir/.pulumi-tableau.$name.owner
if [ -n "$token" ]; then
  owner=; [ -f "$note" ] && read -r owner < "$note"
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
