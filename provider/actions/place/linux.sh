# Switches live files: each by one rename, the one before kept in the store.
#
# $1 state directory, then groups of five: `place DIRECTORY NAME DIGEST WAS` or `retire DIRECTORY NAME - WAS` or
# `open DIRECTORY - - -` or `mend DIRECTORY NAME DIGEST OWNER` ("-": it keeps its owner), where WAS is the digest that was
# seen there ("-": nothing). A file that somebody changed since is left alone. Every step may be repeated: what is done
# already counts as done.
#
# A live directory is entered and its files are named from there. In one of somebody else everything is done with the
# rights of that user; only the copy for the store is root's, of bytes that this user could read.
store=$1/store entered=''
shift
umask 077
own_store "$store"

keep() {
  old=$1 what="keep $name in the store"
  if [ "$old" = unreadable ]; then emit failed "$what" "$why"; exit 1; fi
  # The live file goes only if the store's copy is sound: a disk may have damaged what was stored long ago.
  [ "$kept" != "$old" ] || return 0
  try "$what" mkdir -p -- "$store"
  if [ -d "$live" ]; then
    [ -d "$store/$old" ] && [ "$(tree_of_ours "$store/$old")" = "$old" ] && return 0
    if [ -n "$owner_id" ]; then emit failed "$what" "$dir belongs to $owner"; exit 1; fi
    try "$what" rm -rf -- "${store:?}/$old" "$store/.incoming.$old.$$"
    try "$what" timeout "$wait_seconds" cp -R -- "$live" "$store/.incoming.$old.$$"
    # A folder of somebody else may lie here: only what this user could read, and has had a digest of, is kept.
    if [ "$(tree_of_ours "$store/.incoming.$old.$$")" != "$old" ]; then
      rm -rf -- "$store/.incoming.$old.$$"
      emit changed "$dir" "$name" other
      exit 1
    fi
    describe "$old"
    try "$what" mv -fT -- "$store/.incoming.$old.$$" "$store/$old"
    return 0
  fi
  words=$( { bytes_of "$live" > "$store/.incoming.$old.$$"; } 2>&1 ) || { emit failed "$what" "$words"; exit 1; }
  if [ "$(digest "$store/.incoming.$old.$$")" != "$old" ]; then
    rm -f -- "$store/.incoming.$old.$$"
    emit changed "$dir" "$name" other
    exit 1
  fi
  flush "$store/.incoming.$old.$$"
  describe "$old"
  try "$what" mv -fT -- "$store/.incoming.$old.$$" "$store/$old"
}
# The description first: a package without one would be in no list.
describe() { [ -f "$store/$1.info" ] || printf '%s\n%s\n%s\n' "" "" "$name" 2>/dev/null > "$store/$1.info"; }

# What lies there, and what the store's copy of what was seen there has become: asked together.
look() {
  now=- kept=- bytes=0 why='Permission denied'
  case $name in *.jar) bytes=$much ;; esac
  if [ -d "$live" ]; then
    now=other
    if [ -f "$live/manifest.xml" ]; then
      now=$(tree "$live")
      [ -n "$now" ] || now=unreadable why="something in it is neither a file nor a folder, or belongs to somebody else"
    fi
    return
  fi
  if [ ! -e "$live" ]; then return; fi
  if ! may_be_read "$dir/$name" || [ "$size" -gt "$largest" ]; then
    now=unreadable why="it is no file, is too large, is a link to what others can change, or has another name elsewhere"
    return
  fi
  if [ -n "$reader_id" ]; then
    now=$(bytes_of "$live" | sha256sum) now=${now%% *}
    if [ "$now" = "$no_bytes" ] && [ "$size" != 0 ]; then now=unreadable why="it could not be read"; return; fi
    if [ -f "$store/$was" ]; then kept=$(digest "$store/$was"); fi
    return
  fi
  if [ -f "$store/$was" ]; then
    sums "$bytes" "$live" "$store/$was"
    case $sums in
      *"$line_end"*)
        now=${sums#\\} kept=${sums##*"$line_end"}
        now=${now%% *} kept=${kept#\\}
        kept=${kept%% *}
        return
        ;;
    esac
  fi
  now=$(digest "$live")
  [ -n "$now" ] || now=unreadable
}

# Out of Tableau's sight by one rename, then away: half a folder must never be read.
remove_folder() {
  aside=./.pulumi-tableau.$now.part
  try "retire $name" as_owner rm -rf -- "$aside"
  try "retire $name" as_owner mkdir -m 0755 -- "$aside"
  try "retire $name" as_owner mv -T -- "$live" "$aside/tree"
  as_owner rm -rf -- "$aside"
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
place_file() {
  words=$(as_owner mv -fT -- "$part" "$live" 2>&1) && return
  # The script of an interrupted run may go on beside this one and have placed it just now.
  look
  [ "$now" = "$sha" ] || { emit failed "place $name" "$words"; exit 1; }
}
while [ $# -gt 0 ]; do
  kind=$1 dir=$2 name=$3 sha=$4 was=$5
  shift 5 || exit
  # Nothing is there to be retired.
  if [ "$kind" = retire ] && [ ! -e "$dir" ]; then emit retired "$dir" "$name"; continue; fi
  if [ "$dir" != "$entered" ]; then enter_or_end "$dir"; entered=$dir; fi
  live=./$name
  if [ "$kind" = open ]; then
    if [ -n "$reader_id" ] && [ -z "$owner_id" ]; then
      emit failed "make $dir readable" "it is not of $reader, who may have put it there in place of another"
      exit 1
    fi
    try "make $dir readable" as_owner chmod 0755 .
    emit opened "$dir"
    continue
  fi
  look
  if [ "$kind" = mend ]; then
    if [ "$now" != "$sha" ] || [ -h "$live" ]; then emit changed "$dir" "$name" "$now"; exit 1; fi
    if [ "$was" != - ] && [ -z "$owner_id" ]; then try "give $name to $was" chown -- "$was:" "$live"; fi
    try "set the mode of $name" as_owner chmod 0644 -- "$live"
    emit mended "$dir" "$name"
  elif [ "$kind" = place ]; then
    part=./.pulumi-tableau.$sha.part
    if [ "$now" != "$was" ] && [ "$now" != "$sha" ]; then emit changed "$dir" "$name" "$now"; exit 1; fi
    if [ "$now" != - ] && [ "$now" != "$sha" ]; then keep "$now"; fi
    if [ -d "$part/tree" ] && [ ! -h "$part" ] && [ -z "$owner_id" ]; then place_folder
    elif [ -f "$part" ] && [ ! -h "$part" ]; then place_file
    elif [ "$now" != "$sha" ]; then emit failed "place $name" "its verified copy has vanished"; exit 1
    fi
    emit placed "$dir" "$name"
  else
    if [ "$now" != - ]; then
      if [ "$now" != "$was" ]; then emit changed "$dir" "$name" "$now"; exit 1; fi
      keep "$now"
      if [ -d "$live" ]; then remove_folder; else try "retire $name" as_owner rm -f -- "$live"; fi
    fi
    emit retired "$dir" "$name"
  fi
done
if [ -z "$owner_id" ]; then flush "$store" .; else sync; fi
emit end
