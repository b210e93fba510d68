
there= groups=unasked
while [ "$wanted" -gt 0 ]; do
  if [ -f "$state/store/$1" ]; then there="$there $1"
  elif [ -d "$state/store/$1" ]; then emit verified "$1" "$(tree "$state/store/$1")"
  fi
  wanted=$((wanted - 1)); shift
done

# The parameters become: the directories, the packages of the store, the packages of the directories.
dirs=$# stored=0 expected=1 counts= at=0
for f in "$state"/store/*[!o]; do
  if [ -e "$f" ]; then set -- "$@" "$f"; stored=$((stored + 1)); fi
done
for dir do
  [ "$at" -lt "$dirs" ] || break
  at=$((at + 1))
  if [ ! -d "$dir" ]; then counts="$counts -"; continue; fi
  count=0 expected=$((expected + 1))
  for f in "$dir"/*.taco "$dir"/*.jar "$dir"/.pulumi-tableau.*.part; do
    if [ -f "$f" ] && [ -r "$f" ]; then
      set -- "$@" "$f"; count=$((count + 1))
      emit name "$dir" "${f##*/}"
      # A link may be younger than the file that it names.
      if [ -h "$f" ]; then emit link "$dir" "${f##*/}" "$(exec stat -c %.9Z -- "$f")"; fi
      continue
    fi
    # A folder of that name with a manifest is an unpacked connector, and told below.
    [ -f "$f/manifest.xml" ] && continue
    if [ -e "$f" ]; then emit unreadable "$dir" "${f##*/}" "$(exec stat -c '%a %U %G %s %.9Z' -- "$f")"; groups=needed; fi
  done
  counts="$counts $count"
  for manifest in "$dir"/*/manifest.xml; do
    [ -f "$manifest" ] || continue
    folder=${manifest%/manifest.xml} groups=needed
    emit folder "$dir" "${folder##*/}" "$(exec stat -c '%a %U %G %s %.9Z' -- "$folder")" "$(head -c 262144 -- "$manifest" 2>/dev/null)" \
      "$(tree "$folder")" "$(find "$folder" \( -type d ! -perm -005 -o ! -type d ! -perm -004 \) 2>/dev/null | head -n 1)"
  done
done
expected=$((expected + $# - dirs))

data=/var/opt/tableau/tableau_server/data/tabsvc; [ -e "$data" ] || data=/
lines=$(exec stat -L -c '%s %Y %a %U %G %s %.9Z' -- "$data" "$@" 2>/dev/null)
got=0 total=0 IFS=$line_end; set -f
for line in $lines; do got=$((got + 1)) total=$((total + ${line%% *})); done
unset IFS; set +f
if [ "$got" != "$expected" ]; then exit 1; fi

next_stat() {
  stat=${lines%%"$line_end"*} lines=${lines#*"$line_end"}
  stat=${stat#* }; changed=${stat%% *} stat=${stat#* }
}
# Whether the group has other rights than everybody: only then it matters which groups the server's user is in.
next_rights() {
  next_stat
  case ${stat%% *} in 0 | *00 | *11 | *22 | *33 | *44 | *55 | *66 | *77) ;; *) groups=needed ;; esac
}
next_count() { rest=${rest# }; count=${rest%% *} rest=${rest#"${rest%% *}"}; }

next_stat
runas=${stat#* }; runas=${runas%% *}
case $runas in '' | root | UNKNOWN) runas=tableau ;; esac
at=0 rest=$counts
for f do
  at=$((at + 1))
  if [ "$at" -gt $((dirs + stored)) ]; then break; fi
  if [ "$at" -gt "$dirs" ]; then
    next_stat
    size=${stat% *} class= version= file=
    # A package whose description is lost is still there.
    if [ -f "$f.info" ]; then { read -r class; read -r version; read -r file; } < "$f.info"; fi
    emit stored "${f##*/}" "${size##* } $changed" "$class" "$version" "$file"
    continue
  fi
  next_count
  if [ "$count" != - ]; then next_rights; emit directory "$f" "${stat% * *}"; continue; fi
  parent=; if [ -d "${f%/*}" ]; then parent=in; fi
  emit directory "$f" absent "$parent"
done

hash_all() {
  shift $((dirs + stored))
  for sha in $there; do set -- "$@" "$state/store/$sha"; done
  if [ $# -gt 0 ]; then sums "$total" "$@"; fi
}
sums= digests=
hash_all "$@"
IFS=$line_end; set -f
for line in $sums; do
  word=${line##*/} line=${line#\\}
  case "$there " in
    *" $word "*) emit verified "$word" "${line%% *}"; there="${there%% $word*}${there#* $word}" ;;
    *) digests="$digests${line%% *} " ;;
  esac
done
unset IFS; set +f
# Its bytes could not be read.
for sha in $there; do emit verified "$sha" ""; done

at=0 rest=$counts
for dir do
  at=$((at + 1))
  if [ "$at" -gt "$dirs" ]; then break; fi
  next_count
  while [ "${count#-}" ] && [ "$count" -gt 0 ]; do
    next_rights; emit stat "$dir" "$stat"
    if [ -n "$digests" ]; then emit digest "$dir" "${digests%% *}"; digests=${digests#* }; fi
    count=$((count - 1))
  done
done
if [ "$groups" = needed ]; then groups=$(exec id -Gn "$runas" 2>/dev/null); else groups=; fi
emit runas "$runas" "$groups"

if [ -f "$state/record.json" ]; then emit record "$(exec cat "$state/record.json" 2>/dev/null)"; fi
if [ -f "$state/restart-required" ]; then
  emit restart-required "$(exec stat -c %.9Y "$state/restart-required")" "$(exec head -c 4096 "$state/restart-required" 2>/dev/null)"
fi
emit end
