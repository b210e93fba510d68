#!/bin/bash
# tsm of the simulated Tableau Server: hands its arguments to the controller and prints what comes back.
# No other program is started, so that a call takes milliseconds.
LC_ALL=C
unreachable() {
  printf "Could not connect to TSM Controller at '@NODE@:8850'.\n" >&2
  exit 1
}
{ exec 3<>/dev/tcp/127.0.0.1/@PORT@; } 2>/dev/null || unreachable
printf '%s\0' '@TOKEN@' '@NODE@' '@BUILD@' "$EUID" "$$" "$PWD" "$#" "$@" >&3
while IFS= read -r -d '' frame <&3; do
  case $frame in
  o*) printf %s "${frame#o}" ;;
  e*) printf %s "${frame#e}" >&2 ;;
  x*) exit "${frame#x}" ;;
  r) # the controller asks for a line of standard input
    if IFS= read -r line || [ -n "$line" ]; then printf '%s\0' "l$line" >&3; else printf '%s\0' end >&3; fi
    ;;
  esac
done
unreachable
