# The part of the look at a node that tells when the server's processes started; it needs `$now` and `$uptime`.
#
# One grep reads all processes: a shell reads a byte at a time, and two programs with a pipe between them take four times as
# long. Start times are in ticks of 1/100 s on every machine that Tableau Server runs on.
# See https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
line_end='
'
names='vizqlserver|backgrounder|dataserver|vizportal|tabprotosrv|flowprocessor|flowqueryservic.*|flowminerva|java'
found=$(exec grep -shE "^[0-9]+ \(($names)\) " /proc/[0-9]*/stat 2>/dev/null)
statuses='' commands='' IFS=$line_end
for line in $found; do
  statuses="$statuses /proc/${line%% *}/status"
  case $line in *'(java)'*) commands="$commands /proc/${line%% *}/cmdline" ;; esac
done
unset IFS
# A process of a container on this node has a number in a namespace below ours too: it belongs to another server.
others=''
# shellcheck disable=SC2086 # paths without blanks
if [ -n "$statuses" ]; then others=$(exec grep -lsE '^NSpid:([[:space:]]+[0-9]+){2}' $statuses 2>/dev/null); fi
ours=''
# shellcheck disable=SC2086
if [ -n "$commands" ]; then ours=$(exec grep -alsE '/tabsvc/(vizqlserver|backgrounder|dataserver|vizportal|flow)' $commands 2>/dev/null); fi
# In milliseconds since the epoch: when this machine started.
hundredths=1${uptime#*.} now_ms=${now#*.}
now_ms=1${now_ms%??????}
boot_ms=$((${now%.*} * 1000 + now_ms - 1000 - ${uptime%.*} * 1000 - (hundredths - 100) * 10))
ticks_of() { shift 19; ticks=$1; }
IFS=$line_end
for line in $found; do
  unset IFS
  pid=${line%% *} name=${line#*'('}
  name=${name%%')'*}
  case "$line_end$others$line_end" in *"$line_end/proc/$pid/status$line_end"*) continue ;; esac
  if [ "$name" = java ]; then case "$line_end$ours$line_end" in *"$line_end/proc/$pid/cmdline$line_end"*) ;; *) continue ;; esac; fi
  # shellcheck disable=SC2086 # the fields
  ticks_of ${line##*') '}
  start=$((boot_ms + ticks * 10)) part=$(((boot_ms + ticks * 10) % 1000 + 1000))
  emit process "$name" "$((start / 1000)).${part#1}" "$ticks"
done
unset IFS
