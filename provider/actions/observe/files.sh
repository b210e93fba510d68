# The part of the look at a node that tells of the store, of the packages in directories, and of the record.
own_folders "$state" "$state/store"
there='' groups=unasked
while [ "$wanted" -gt 0 ]; do
  if [ -f "$state/store/$1" ]; then there="$there $1"
  elif [ -d "$state/store/$1" ]; then emit verified "$1" "$(tree "$state/store/$1")"
  fi
  wanted=$((wanted - 1))
  shift
done

root=''
# shellcheck disable=SC2329
has_data() { [ -n "$data" ]; }
each_settings has_data
usual=/var/opt/tableau/tableau_server/data/tabsvc
data=${data:-/var/opt/tableau/tableau_server}/data/${config:-tabsvc}
if [ "$data" != "$usual" ] && [ -d "$data" ]; then
  packages=none
  for f in "$data"/*/Connectors/*.taco "$data"/*/Connectors/*/manifest.xml; do if [ -e "$f" ]; then packages=some; fi; done
  emit processes "$data" "$packages"
fi
[ -e "$data" ] || data=/
unreadable() { emit unreadable "$1" "${2##*/}" "$(exec stat -c '%a %U %G %s %.9Z' -- "$2")"; }
# Whether the group has other rights than everybody: only then it matters which groups the server's user is in.
rights_of() { case ${1%% *} in 0 | *00 | *11 | *22 | *33 | *44 | *55 | *66 | *77) ;; *) groups=needed ;; esac; }
# tell_folder DIRECTORY FOLDER: of an unpacked connector.
tell_folder() {
  groups=needed
  emit folder "$1" "${2##*/}" "$(exec stat -c '%a %U %G %s %.9Z' -- "$2")" "$(bytes_of "$2/manifest.xml" | head -c 262144)" "$(tree "$2")" \
    "$(find "$2" \( -type d ! -perm -005 -o ! -type d ! -perm -004 \) 2>/dev/null | head -n 1)"
}
# look_at_theirs DIRECTORY: one that belongs to somebody else, file by file, with the rights of that user.
look_at_theirs() {
  enter "$1" || { tell_unsafe "$1"; return; }
  if [ "$me" = 0 ] && [ -n "$owner_id" ]; then emit works-as "$1" "$owner"; fi
  for f in ./*.taco ./*.jar ./.pulumi-tableau.*.part; do
    [ -e "$f" ] || [ -h "$f" ] || continue
    [ ! -f "$f/manifest.xml" ] || continue
    stat=$(exec stat -c '%h %s %a %U %G %s %.9Z|%F' -- "$f" 2>/dev/null) sum=''
    # A file with another name elsewhere may be one that this user could not read.
    kind=${stat##*|} stat=${stat%|*}
    links=${stat%% *} stat=${stat#* } size=${stat%% *} stat=${stat#* }
    case $links-$kind in
      '1-regular '*) if [ "$size" -le "$largest" ]; then sum=$(bytes_of "$f" | sha256sum) sum=${sum%% *}; fi ;;
    esac
    if [ -z "$sum" ] || { [ "$sum" = "$no_bytes" ] && [ "$size" != 0 ]; }; then
      emit unreadable "$1" "${f#./}" "0 ${stat#* }"
      continue
    fi
    emit name "$1" "${f#./}"
    emit stat "$1" "$stat"
    emit digest "$1" "$sum"
  done
  for manifest in ./*/manifest.xml; do
    folder=${manifest%/manifest.xml}
    if [ -f "$manifest" ] && [ ! -h "$folder" ]; then tell_folder "$1" "$folder"; fi
  done
}
# tell_absent DIRECTORY...: of those that are missing. Another node may share the nearest folder above: it is told which one that is.
tell_absent() {
  count=$#
  while [ "$count" -gt 0 ]; do
    dir=$1 count=$((count - 1))
    shift
    if [ ! -d "$dir" ]; then set -- "$@" "$dir"; fi
  done
  absent=$#
  [ "$absent" -gt 0 ] || return
  identities=$(
    for near do
      while [ ! -d "$near/" ]; do
        # A link that leads nowhere yet.
        if [ -h "$near" ]; then near=$(exec readlink -m -- "$near"); fi
        near=${near%/*}
      done
      shift
      set -- "$@" "$near/"
    done
    exec stat -L -c '%i-%.9Z' -- "$@" 2>/dev/null
  )$line_end
  for dir do
    identity=${identities%%"$line_end"*} identities=${identities#*"$line_end"} parent=''
    [ -n "$identity" ] || exit 1
    if [ -d "${dir%/*}/" ]; then parent=in; fi
    emit directory "$dir" absent "$parent" "$identity/${dir##*/}"
  done
}
tell_absent "$@"
# The parameters become: the directories, the packages of the store, the packages of the directories that are ours.
dirs=$# stored=0 at=0
for f in "$state"/store/*[!o]; do
  if [ -e "$f" ]; then set -- "$@" "$f"; stored=$((stored + 1)); fi
done
for dir do
  [ "$at" -lt "$dirs" ] || break
  at=$((at + 1))
  if [ ! -d "$dir" ]; then absent=$((absent - 1)); continue; fi
  way "$dir"
  rights_of "$look"
  emit directory "$dir" "$look"
  if [ -n "$unsafe" ]; then tell_unsafe "$dir"; continue; fi
  if [ -n "$theirs" ]; then (look_at_theirs "$dir"); groups=needed; continue; fi
  for f in "$dir"/*.taco "$dir"/*.jar "$dir"/.pulumi-tableau.*.part; do
    # A link is followed only where what it leads to is ours as well.
    if [ -h "$f" ]; then
      way "$f"
      if [ -n "$theirs$unsafe" ]; then unreadable "$dir" "$f"; continue; fi
    fi
    if [ -f "$f" ] && [ -r "$f" ]; then
      set -- "$@" "$f"
      continue
    fi
    # A folder of that name with a manifest is an unpacked connector, and told below.
    [ ! -f "$f/manifest.xml" ] || continue
    if [ -e "$f" ]; then unreadable "$dir" "$f"; groups=needed; fi
  done
  for manifest in "$dir"/*/manifest.xml; do
    folder=${manifest%/manifest.xml}
    if [ -f "$manifest" ] && [ ! -h "$manifest" ] && [ ! -h "$folder" ]; then tell_folder "$dir" "$folder"; fi
  done
done
# A directory came or went meanwhile.
[ "$absent" = 0 ] || exit 1

# look_at_access_lists PARAMETER...: the mode of a file or folder with an access list does not tell who can read it: the
# server's user is asked. The parameters are those of this script by now.
look_at_access_lists() {
  count=$dirs
  while [ "$count" -gt 0 ]; do
    dir=$1 count=$((count - 1))
    shift
    if [ -d "$dir" ]; then set -- "$@" "$dir"; fi
  done
  shift "$stored"
  [ $# -gt 0 ] || return
  count=$# marks=$(exec ls -ldUq -- "$@" 2>/dev/null)$line_end
  while [ "$count" -gt 0 ]; do
    f=$1 count=$((count - 1)) mark=${marks%%"$line_end"*} marks=${marks#*"$line_end"}
    shift
    case ${mark%% *} in
      '') exit 1 ;;
      *+) set -- "$@" "$f" ;;
    esac
  done
  [ $# -gt 0 ] || return
  answers='' id=''
  if [ "$me" = 0 ]; then id=$(exec id -u -- "$runas" 2>/dev/null); fi
  if [ -n "$id" ]; then answers=$(as_user "$runas" "$id" sh -c "$can_read" can-read "$@" 2>/dev/null); fi
  for f do
    answer=${answers%%"$line_end"*} answers=${answers#*"$line_end"}
    if [ -d "$f" ]; then emit access "$f" "" "${answer:-unknown}"; else emit access "${f%/*}" "${f##*/}" "${answer:-unknown}"; fi
  done
}
# The program test asks the kernel; that of some shells goes by the mode.
# shellcheck disable=SC2016 # the shell of the server's user expands it
can_read='for f do
  if env test -r "$f" && { [ ! -d "$f" ] || env test -x "$f"; }; then echo yes; else echo no; fi
done'

lines=$(
  shift "$dirs"
  exec stat -L -c '%s %Y %a %U %G %s %.9Z' -- "$data" "$@" 2>/dev/null
)$line_end
next_stat() {
  stat=${lines%%"$line_end"*} lines=${lines#*"$line_end"}
  # A file has gone meanwhile.
  [ -n "$stat" ] || exit 1
  size=${stat%% *} stat=${stat#* }
  changed=${stat%% *} stat=${stat#* }
}
next_stat
runas=${stat#* } runas=${runas%% *}
case $runas in '' | root | UNKNOWN) runas=tableau ;; esac
look_at_access_lists "$@"
shift "$dirs"

total=0 count=$stored
while [ "$count" -gt 0 ]; do
  next_stat
  f=$1 count=$((count - 1)) class='' version='' file=''
  shift
  # A package whose description is lost is still there.
  if [ -f "$f.info" ]; then { read -r class; read -r version; read -r file; } < "$f.info"; fi
  case "$there " in *" ${f##*/} "*) total=$((total + size)) ;; esac
  emit stored "${f##*/}" "$size $changed" "$class" "$version" "$file"
done

# Hashed together: the packages of the directories, then those of the store that are asked for.
count=$# stats=''
while [ "$count" -gt 0 ]; do
  next_stat
  f=$1 count=$((count - 1))
  shift
  if [ "$size" -gt "$largest" ]; then emit unreadable "${f%/*}" "${f##*/}" "$stat"; continue; fi
  rights_of "$stat"
  set -- "$@" "$f"
  total=$((total + size)) stats="$stats$stat$line_end"
done
live=$# sums='' digests=''
for sha in $there; do set -- "$@" "$state/store/$sha"; done
if [ $# -gt 0 ]; then sums "$total" "$@"; fi
IFS=$line_end
set -f
for line in $sums; do
  word=${line##*/} line=${line#\\}
  case "$there " in
    *" $word "*) emit verified "$word" "${line%% *}"; there="${there%% "$word"*}${there#* "$word"}" ;;
    *) digests="$digests${line%% *} " ;;
  esac
done
unset IFS
set +f
# Its bytes could not be read.
for sha in $there; do emit verified "$sha" ""; done

while [ "$live" -gt 0 ]; do
  f=$1 live=$((live - 1)) sum=${digests%% *} stat=${stats%%"$line_end"*}
  shift
  digests=${digests#* } stats=${stats#*"$line_end"}
  # A file has gone meanwhile.
  [ -n "$sum" ] || exit 1
  emit name "${f%/*}" "${f##*/}"
  # A link may be younger than the file that it names.
  if [ -h "$f" ]; then emit link "${f%/*}" "${f##*/}" "$(exec stat -c %.9Z -- "$f")"; fi
  emit stat "${f%/*}" "$stat"
  emit digest "${f%/*}" "$sum"
done
if [ "$groups" = needed ]; then groups=$(exec id -Gn "$runas" 2>/dev/null); else groups=''; fi
emit runas "$runas" "$groups"

if [ -f "$state/record.json" ]; then emit record "$(exec head -c 4194305 "$state/record.json" 2>/dev/null)"; fi
if [ -f "$state/restart-required" ]; then
  emit restart-required "$(exec stat -c %.9Y "$state/restart-required")" "$(exec head -c 4096 "$state/restart-required" 2>/dev/null)"
fi
emit end
