
state=$1; store=$1/store; shift
keep() {
  old=$2
  if [ "$old" = unreadable ]; then emit failed "keep ${1##*/} in the store" "Permission denied"; exit 1; fi
  if [ -d "$1" ]; then
    [ -d "$store/$old" ] && [ "$(tree "$store/$old")" = "$old" ] && return 0
    what="keep ${1##*/} in the store"
    try "$what" mkdir -p -- "$store"
    try "$what" rm -rf -- "$store/$old" "$store/.incoming.$old.$$"
    try "$what" cp -R -- "$1" "$store/.incoming.$old.$$"
    [ -f "$store/$old.info" ] || printf '%s\n%s\n%s\n' "" "" "${1##*/}" 2>/dev/null > "$store/$old.info"
    try "$what" mv -fT -- "$store/.incoming.$old.$$" "$store/$old"
    return 0
  fi
  # The live file goes only if the store's copy is sound: a disk may have damaged what was stored long ago.
  [ "$kept" = "$old" ] && return 0
  try "keep ${1##*/} in the store" mkdir -p -- "$store"
  try "keep ${1##*/} in the store" cp -f -- "$1" "$store/.incoming.$old.$$"
  try "keep ${1##*/} in the store" chmod 0644 -- "$store/.incoming.$old.$$"
  flush "$store/.incoming.$old.$$"
  # The description first: a package without one would be in no list.
  [ -f "$store/$old.info" ] || printf '%s\n%s\n%s\n' "" "" "${1##*/}" 2>/dev/null > "$store/$old.info"
  try "keep ${1##*/} in the store" mv -fT -- "$store/.incoming.$old.$$" "$store/$old"
}
# What lies there, and what the store's copy of what was seen there has become: asked together.
look() {
  now=- kept=- bytes=0
  case $name in *.jar) bytes=$much ;; esac
  if [ -f "$live" ] && [ -f "$store/$was" ]; then
    sums "$bytes" "$live" "$store/$was"
    case $sums in
      *"$line_end"*) now=${sums#\\} kept=${sums##*"$line_end"}; now=${now%% *} kept=${kept#\\}; kept=${kept%% *}; return ;;
    esac
  fi
  if [ -f "$live" ]; then now=$(digest "$live"); [ -n "$now" ] || now=unreadable
  elif [ -f "$live/manifest.xml" ]; then now=$(tree "$live")
  elif [ -e "$live" ]; then now=other
  fi
}
# Out of Tableau's sight by one rename, then away: half a folder must never be read.
remove_folder() {
  aside=$dir/.pulumi-tableau.$now.part
  try "retire $name" rm -rf -- "$aside"
  try "retire $name" mkdir -- "$aside"
  try "retire $name" mv -T -- "$live" "$aside/tree"
  rm -rf -- "$aside"
}
# A new folder comes by one rename. One that is replaced goes out of sight by another just before.
place_folder() {
  if [ -e "$live" ]; then
    try "place $name" rm -rf -- "$part/before"
    try "place $name" mv -T -- "$live" "$part/before"
  fi
  try "place $name" mv -T -- "$part/tree" "$live"
  rm -rf -- "$part"
}
while [ $# -gt 0 ]; do
  kind=$1; dir=$2; name=$3; sha=$4; was=$5; shift 5
  live=$dir/$name
  if [ "$kind" = open ]; then
    try "make $dir readable" chmod 0755 -- "$dir"; emit opened "$dir"; continue
  fi
  look
  if [ "$kind" = mend ]; then
    if [ "$now" != "$sha" ] || [ -h "$live" ]; then emit changed "$dir" "$name" "$now"; exit 1; fi
    if [ "$was" != - ]; then try "give $name to $was" chown -- "$was:" "$live"; fi
    try "set the mode of $name" chmod 0644 -- "$live"
    emit mended "$dir" "$name"
  elif [ "$kind" = place ]; then
    part=$dir/.pulumi-tableau.$sha.part
    if [ "$now" != "$was" ] && [ "$now" != "$sha" ]; then emit changed "$dir" "$name" "$now"; exit 1; fi
    if [ -e "$live" ] && [ "$now" != "$sha" ]; then keep "$live" "$now"; fi
    if [ -d "$part/tree" ]; then place_folder
    elif [ -f "$part" ]; then
      # The script of an interrupted run may go on beside this one and have placed it just now.
      words=$(mv -fT -- "$part" "$live" 2>&1) || [ "$(digest "$live")" = "$sha" ] || { emit failed "place $name" "$words"; exit 1; }
    elif [ "$now" != "$sha" ]; then emit failed "place $name" "its verified copy has vanished"; exit 1
    fi
    emit placed "$dir" "$name"
  else
    if [ "$now" != - ]; then
      if [ "$now" != "$was" ]; then emit changed "$dir" "$name" "$now"; exit 1; fi
      keep "$live" "$now"
      if [ -d "$live" ]; then remove_folder; else try "retire $name" rm -f -- "$live"; fi
    fi
    emit retired "$dir" "$name"
  fi
done
flush "$store" "$dir"
emit end
