
state=$1; wanted=$2; shift 2
# When a process started is told by both clocks together: read again where a busy machine took its time in between. Of two
# readings the earlier one counts: a process that reads a folder does so well after its start.
for attempt in 1 2 3; do
  read -r uptime _ < /proc/uptime; now=$(exec date +%s.%N); read -r after _ < /proc/uptime
  if [ "$uptime" = "$after" ]; then break; fi
done
emit clock "$now" "$uptime"
boot=; { read -r boot < /proc/sys/kernel/random/boot_id; } 2>/dev/null
emit boot "$boot"
# This folder is always root's.
login=root; [ -O /proc ] || login=$(exec id -un)
emit login "$login"
