# Looks at one node and changes nothing.
#
# $1 state directory, $2 how many digests of the store to verify, then those digests, then the directories to list.
# Processes are what a look costs, so that one stat and one sha256sum are asked about everything: the store and the packages
# of all directories. The answers are matched by order and by count; where a file came or went in between the look ends
# early, and is taken once more. Everything else is done by the shell itself.
state=$1 wanted=$2
shift 2
# When a process started is told by both clocks together: read again where a busy machine took its time in between. Of two
# readings the earlier one counts: a process that reads a folder does so well after its start.
for _ in 1 2 3; do
  read -r uptime _ < /proc/uptime
  now=$(exec date +%s.%N)
  read -r after _ < /proc/uptime
  if [ "$uptime" = "$after" ]; then break; fi
done
emit clock "$now" "$uptime"
boot=''
{ read -r boot < /proc/sys/kernel/random/boot_id; } 2>/dev/null
emit boot "$boot"
# This folder is always root's.
login=root
[ -O /proc ] || login=$(exec id -un)
emit login "$login"
