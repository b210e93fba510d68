import { failing } from "./failing";

/**
 * Switches live files: each by one rename, the one before kept in the store.
 *
 * $1 state directory, then groups of five: `place DIRECTORY NAME DIGEST WAS` or `retire DIRECTORY NAME - WAS` or
 * `open DIRECTORY - - -`, where WAS is the digest that was seen there ("-": nothing). A file that somebody changed
 * since is left alone. Every step may be repeated: what is done already counts as done.
 */
export const placeScript = `${failing}${String.raw`
state=$1; store=$1/store; shift
keep() {
  old=$(digest "$1")
  if [ -z "$old" ]; then emit failed "keep ${"${1##*/}"} in the store" "Permission denied"; exit 1; fi
  [ -f "$store/$old" ] && return 0
  try "keep ${"${1##*/}"} in the store" cp -f -- "$1" "$store/.incoming.$old.$$"
  try "keep ${"${1##*/}"} in the store" chmod 0644 -- "$store/.incoming.$old.$$"
  flush "$store/.incoming.$old.$$"
  try "keep ${"${1##*/}"} in the store" mv -fT -- "$store/.incoming.$old.$$" "$store/$old"
  printf '%s\n%s\n%s\n' "" "" "${"${1##*/}"}" > "$store/$old.info" 2>/dev/null
}
while [ $# -gt 0 ]; do
  kind=$1; dir=$2; name=$3; sha=$4; was=$5; shift 5
  live=$dir/$name
  if [ "$kind" = open ]; then
    try "make $dir readable" chmod 0755 -- "$dir"; emit opened "$dir"; continue
  fi
  now=-; if [ -f "$live" ]; then now=$(digest "$live"); [ -n "$now" ] || now=unreadable; elif [ -e "$live" ]; then now=other; fi
  if [ "$kind" = place ]; then
    part=$dir/.pulumi-tableau.$sha.part
    if [ "$now" != "$was" ] && [ "$now" != "$sha" ]; then emit changed "$dir" "$name" "$now"; exit 1; fi
    if [ -f "$live" ] && [ "$now" != "$sha" ]; then keep "$live"; fi
    if [ -f "$part" ]; then
      try "place $name" mv -fT -- "$part" "$live"
    elif [ "$now" != "$sha" ]; then emit failed "place $name" "its verified copy has vanished"; exit 1
    fi
    emit placed "$dir" "$name"
  else
    if [ "$now" != - ]; then
      if [ "$now" != "$was" ]; then emit changed "$dir" "$name" "$now"; exit 1; fi
      keep "$live"
      try "retire $name" rm -f -- "$live"
    fi
    emit retired "$dir" "$name"
  fi
done
sync 2>/dev/null
emit end
`}`;
