import { failing } from "./failing";

/**
 * Switches live files: each by one rename, the one before kept in the store.
 *
 * $1 state directory, then groups of five: `place DIRECTORY NAME DIGEST WAS` or `retire DIRECTORY NAME - WAS` or
 * `open DIRECTORY - - -` or `mend DIRECTORY NAME DIGEST OWNER` ("-": it keeps its owner), where WAS is the digest that
 * was seen there ("-": nothing). A file that somebody changed since is left alone. Every step may be repeated: what is done already counts as done.
 */
export const placeScript = `${failing}${String.raw`
state=$1; store=$1/store; shift
keep() {
  old=$2
  if [ "$old" = unreadable ]; then emit failed "keep ${"${1##*/}"} in the store" "Permission denied"; exit 1; fi
  # The live file goes only if the store's copy is sound: a disk may have damaged what was stored long ago.
  [ -f "$store/$old" ] && [ "$(digest "$store/$old")" = "$old" ] && return 0
  try "keep ${"${1##*/}"} in the store" mkdir -p -- "$store"
  try "keep ${"${1##*/}"} in the store" cp -f -- "$1" "$store/.incoming.$old.$$"
  try "keep ${"${1##*/}"} in the store" chmod 0644 -- "$store/.incoming.$old.$$"
  flush "$store/.incoming.$old.$$"
  # The description first: a package without one would be in no list.
  [ -f "$store/$old.info" ] || printf '%s\n%s\n%s\n' "" "" "${"${1##*/}"}" 2>/dev/null > "$store/$old.info"
  try "keep ${"${1##*/}"} in the store" mv -fT -- "$store/.incoming.$old.$$" "$store/$old"
}
while [ $# -gt 0 ]; do
  kind=$1; dir=$2; name=$3; sha=$4; was=$5; shift 5
  live=$dir/$name
  if [ "$kind" = open ]; then
    try "make $dir readable" chmod 0755 -- "$dir"; emit opened "$dir"; continue
  fi
  now=-; if [ -f "$live" ]; then now=$(digest "$live"); [ -n "$now" ] || now=unreadable; elif [ -e "$live" ]; then now=other; fi
  if [ "$kind" = mend ]; then
    if [ "$now" != "$sha" ] || [ -h "$live" ]; then emit changed "$dir" "$name" "$now"; exit 1; fi
    if [ "$was" != - ]; then try "give $name to $was" chown -- "$was:" "$live"; fi
    try "set the mode of $name" chmod 0644 -- "$live"
    emit mended "$dir" "$name"
  elif [ "$kind" = place ]; then
    part=$dir/.pulumi-tableau.$sha.part
    if [ "$now" != "$was" ] && [ "$now" != "$sha" ]; then emit changed "$dir" "$name" "$now"; exit 1; fi
    if [ -f "$live" ] && [ "$now" != "$sha" ]; then keep "$live" "$now"; fi
    if [ -f "$part" ]; then
      # The script of an interrupted run may go on beside this one and have placed it just now.
      words=$(mv -fT -- "$part" "$live" 2>&1) || [ "$(digest "$live")" = "$sha" ] || { emit failed "place $name" "$words"; exit 1; }
    elif [ "$now" != "$sha" ]; then emit failed "place $name" "its verified copy has vanished"; exit 1
    fi
    emit placed "$dir" "$name"
  else
    if [ "$now" != - ]; then
      if [ "$now" != "$was" ]; then emit changed "$dir" "$name" "$now"; exit 1; fi
      keep "$live" "$now"
      try "retire $name" rm -f -- "$live"
    fi
    emit retired "$dir" "$name"
  fi
done
flush "$store" "$dir"
emit end
`}`;
