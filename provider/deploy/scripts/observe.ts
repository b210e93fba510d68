import { treeFunction } from "./tree";

/**
 * Looks at one node and changes nothing.
 *
 * $1 state directory, $2 how many digests of the store to verify, then those digests, then the directories to list.
 * Digests, modes and times of all packages of a directory are read by one sha256sum and one stat, so that a hundred
 * packages cost as many processes as one; their answers are matched by order and by count. Processes are what a look
 * costs: everything else is done by the shell itself.
 *
 * Start times of processes are in ticks of 1/100 s on every machine that Tableau Server runs on.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export const observeScript = `${treeFunction}${String.raw`
state=$1; wanted=$2; shift 2
# When a process started is told by both clocks together: read again where a busy machine took its time in between. Of two
# readings the earlier one counts: a process that reads a folder does so well after its start.
for attempt in 1 2 3; do
  read -r uptime _ < /proc/uptime; now=$(date +%s.%N); read -r after _ < /proc/uptime
  if [ "$uptime" = "$after" ]; then break; fi
done
emit clock "$now" "$uptime"
boot=; { read -r boot < /proc/sys/kernel/random/boot_id; } 2>/dev/null
emit boot "$boot"
emit login "$(id -un)"
runas=$(stat -c %U /var/opt/tableau/tableau_server/data/tabsvc 2>/dev/null)
case $runas in ''|root|UNKNOWN) runas=tableau ;; esac
emit runas "$runas" "$(id -Gn "$runas" 2>/dev/null)"

there=
while [ "$wanted" -gt 0 ]; do
  if [ -f "$state/store/$1" ]; then there="$there $1"
  elif [ -d "$state/store/$1" ]; then emit verified "$1" "$(tree "$state/store/$1")"
  fi
  wanted=$((wanted - 1)); shift
done
if [ -n "$there" ]; then
  got=
  for word in $(cd -- "$state/store" && exec sha256sum -- $there 2>/dev/null); do
    if [ -z "$got" ]; then got=$word; continue; fi
    emit verified "$word" "$got"; there="${"${there%% $word*}"}${"${there#* $word}"}"; got=
  done
  # Its bytes could not be read.
  for sha in $there; do emit verified "$sha" ""; done
fi
lines=$(stat -c '%s %Y %n' "$state"/store/*[!o] 2>/dev/null)
while [ -n "$lines" ] && read -r size changed f; do
  class=; version=; file=
  # A package whose description is lost is still there.
  if [ -f "$f.info" ]; then { read -r class; read -r version; read -r file; } < "$f.info"; fi
  emit stored "${"${f##*/}"}" "$size $changed" "$class" "$version" "$file"
done <<LINES
$lines
LINES

for dir do
  if [ ! -d "$dir" ]; then
    parent=; if [ -d "${"${dir%/*}"}" ]; then parent=in; fi
    emit directory "$dir" absent "$parent"; continue
  fi
  set -- "$dir"/*.taco "$dir"/*.jar "$dir"/.pulumi-tableau.*.part
  for f do
    shift
    if [ -f "$f" ] && [ -r "$f" ]; then
      set -- "$@" "$f"
      emit name "$dir" "${"${f##*/}"}"
      # A link may be younger than the file that it names.
      if [ -h "$f" ]; then emit link "$dir" "${"${f##*/}"}" "$(stat -c %.9Z -- "$f")"; fi
      continue
    fi
    # A folder of that name with a manifest is an unpacked connector, and told below.
    [ -f "$f/manifest.xml" ] && continue
    [ -e "$f" ] && emit unreadable "$dir" "${"${f##*/}"}" "$(stat -c '%a %U %G %s %.9Z' -- "$f")"
  done
  lines=$(stat -L -c '%a %U %G %s %.9Z' -- "$dir" "$@" 2>/dev/null); key=directory
  while IFS= read -r line; do
    if [ "$key" = directory ]; then line=${"${line% * *}"}; fi
    emit "$key" "$dir" "$line"; key=stat
  done <<LINES
$lines
LINES
  lines=; if [ $# -gt 0 ]; then lines=$(sha256sum -- "$@" 2>/dev/null); fi
  while [ -n "$lines" ] && IFS= read -r line; do
    line=${"${line#\\\\}"}; emit digest "$dir" "${"${line%% *}"}"
  done <<LINES
$lines
LINES
  for manifest in "$dir"/*/manifest.xml; do
    [ -f "$manifest" ] || continue
    folder=${"${manifest%/manifest.xml}"}
    emit folder "$dir" "${"${folder##*/}"}" "$(stat -c '%a %U %G %s %.9Z' -- "$folder")" "$(head -c 262144 -- "$manifest" 2>/dev/null)" \
      "$(tree "$folder")" "$(find "$folder" \( -type d ! -perm -005 -o ! -type d ! -perm -004 \) 2>/dev/null | head -n 1)"
  done
done

# A process of a container on this node has a number in a namespace below ours too: it belongs to another server.
of_container() {
  while read -r key _ below _; do if [ "$key" = NSpid: ]; then [ -n "$below" ]; return; fi; done 2>/dev/null < /proc/"$1"/status
  return 1
}
cat /proc/[0-9]*/stat 2>/dev/null | awk -v now="$now" -v up="$uptime" '
  { open = index($0, "("); close_ = 0; for (i = length($0); i > 0; i--) if (substr($0, i, 1) == ")") { close_ = i; break }
    pid = $1; name = substr($0, open + 1, close_ - open - 1); split(substr($0, close_ + 2), field, " ") }
  name ~ /^(vizqlserver|backgrounder|dataserver|vizportal|tabprotosrv|flowprocessor|flowqueryservic.*|flowminerva|java)$/ {
    printf "%s %.3f %s %s\n", pid, now - up + field[20] / 100, field[20], name }' | while read -r pid start ticks name; do
  if [ "$name" != java ]; then of_container "$pid" || emit process "$name" "$start" "$ticks"; continue; fi
  line=$(tr '\0' ' ' < /proc/"$pid"/cmdline 2>/dev/null)
  case $line in
    */tabsvc/vizqlserver*|*/tabsvc/backgrounder*|*/tabsvc/dataserver*|*/tabsvc/vizportal*|*/tabsvc/flow*) of_container "$pid" || emit process java "$start" "$ticks" ;;
  esac
done

if [ -f "$state/record.json" ]; then emit record "$(cat "$state/record.json" 2>/dev/null)"; fi
if [ -f "$state/restart-required" ]; then
  emit restart-required "$(stat -c %.9Y "$state/restart-required")" "$(head -c 4096 "$state/restart-required" 2>/dev/null)"
fi
emit end
`}`;
