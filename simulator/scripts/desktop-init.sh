#!/bin/bash
# The first process of a simulated machine of a person. usage: desktop-init.sh namespace MACHINE_FOLDER
#
# It lays the machine's programs into the root folder of the simulated one, then runs what is sent on standard input
# (commands ended by NUL) and answers "<output>NUL<status>NUL". When standard input ends it exits, and the kernel ends
# every process and mount with it.
set -u
cd "$2" 2>&1 || exit 1
root=$PWD/root

# lay_root macos|linux
lay_root() {
  local dir
  for dir in /usr /etc /dev; do
    mkdir -p "$root$dir" && mount --rbind "$dir" "$root$dir" || return 1
  done
  for dir in /bin /sbin /lib /lib32 /lib64 /libx32; do
    if [ -L "$dir" ]; then
      [ -L "$root$dir" ] || cp -P "$dir" "$root$dir" || return 1
    elif [ -d "$dir" ]; then
      mkdir -p "$root$dir" && mount --rbind "$dir" "$root$dir" || return 1
    fi
  done
  # A Mac has no /proc; only its ps looks there.
  if [ "$1" = macos ]; then dir=$root/.kernel; else dir=$root/proc; fi
  mkdir -p "$dir" && mount -t proc proc "$dir" || return 1
  if [ "$1" = macos ]; then lay_programs; fi
}

# Programs as macOS has them: those of GNU alone are missing, the others refuse the options of GNU's. They are links in a
# folder of the simulated machine's own: a file bound over one of the real machine's would come off when that is upgraded.
lay_programs() {
  local name
  rm -rf "$root/.programs"
  mkdir -p "$root/.machine" "$root/.programs" && mount --rbind /usr "$root/.machine" || return 1
  for name in /usr/bin/*; do printf '/.machine/bin/%s\0' "${name##*/}"; done | xargs -0 ln -s -t "$root/.programs" || return 1
  for name in sha256sum sha512sum sha1sum md5sum timeout flock getconf nproc tac numfmt truncate realpath; do
    rm -f "$root/.programs/$name" || return 1
  done
  program uname 'echo Darwin'
  # shellcheck disable=SC2016 # the program expands it
  program ps 'for p in /.kernel/[0-9]*; do readlink "$p/exe" 2>/dev/null; done'
  for name in stat:-c base64:-w mv:-T ln:-T cp:-T head:--bytes ls:--time-style mktemp:--tmpdir sort:-V date:-d sync:--data; do
    program "${name%%:*}" "for a do case \$a in ${name##*:}*) echo \"${name%%:*}: illegal option -- \${a#-}\" >&2; exit 1 ;; esac; done; exec /.machine/bin/${name%%:*} \"\$@\""
  done
  mount --bind "$root/.programs" "$root/usr/bin"
}

# program NAME TEXT: a script in place of the program.
program() {
  rm -f "$root/.programs/$1" && printf '#!/bin/sh\n%s\n' "$2" >"$root/.programs/$1" && chmod 755 "$root/.programs/$1"
}

# start_program PATH USER_ID|-: "-" keeps the current user.
start_program() {
  [ -z "${program_pid:-}" ] || return 0
  if [ "$2" = - ]; then set -- "$1"; else set -- setpriv --reuid "$2" --regid 20 --clear-groups "$1"; fi
  chroot "$root" "$@" 2147483647 </dev/null >/dev/null 2>&1 &
  program_pid=$!
}

stop_program() {
  [ -n "${program_pid:-}" ] || return 0
  kill -KILL "$program_pid" 2>/dev/null
  wait "$program_pid" 2>/dev/null
  program_pid=
}

trap stop_program EXIT
printf 'ready\0%d\0' 0
while IFS= read -r -d '' command; do
  eval "$command" </dev/null 2>&1
  printf '\0%d\0' $?
done
