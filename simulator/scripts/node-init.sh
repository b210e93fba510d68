#!/bin/bash
# The first process of a node. usage: node-init.sh namespace|local NODE_FOLDER
#
# In a namespace it lays the node's folders over the machine's, then runs what the cluster sends on standard input
# (commands ended by NUL) and answers "<output>NUL<status>NUL". When standard input ends, because the cluster was stopped
# or its process died, it exits, and the kernel ends every process and mount of the node with it.
set -u
mode=$1
cd "$2" 2>&1 || exit 1
declare -A server_pids=()

# Puts the node's folder in place of the machine's folder DIR. What else the machine has there stays visible.
graft() {
  local dir=$1 base=./root$1 entry name own
  if [ ! -d "$dir" ]; then
    graft "$(dirname "$dir")"
    return
  fi
  for entry in "$dir"/* "$dir"/.[!.]*; do
    name=${entry##*/}
    own=$base/$name
    case $name in tableau | pulumi-tableau | '*' | '.[!.]*') continue ;; esac
    if [ -L "$entry" ]; then
      [ -e "$own" ] || [ -L "$own" ] || cp -P "$entry" "$own"
    elif [ -d "$entry" ]; then
      [ -n "$(ls -A "$own" 2>/dev/null)" ] && continue
      mkdir -p "$own" && mount --rbind "$entry" "$own"
    elif [ -f "$entry" ]; then
      [ -s "$own" ] && continue
      : >>"$own" && mount --bind "$entry" "$own"
    fi
  done
  mount --rbind "$base" "$dir"
}

# The node's own /etc: a copy of the machine's, with the node's files laid over it. A file bound over the machine's own
# /etc/passwd would come off when a program of the machine replaces that by a rename, as useradd and apt-get do.
lay_etc() {
  local name
  mkdir /run/etc || return 1
  # What a user namespace may not read is not needed either.
  cp -a /etc/. /run/etc 2>/dev/null
  mkdir -p /run/etc/opt || return 1
  for name in passwd group shadow sudoers sudoers.d profile.d; do
    if [ ! -e "/run/etc/$name" ] || [ ! -e "./root/etc/$name" ]; then continue; fi
    mount --bind "./root/etc/$name" "/run/etc/$name" || return 1
  done
  mount --rbind /run/etc /etc
}

# lay_programs: the node's own folder of programs, a link for each of the machine's, so that one of them can be replaced.
lay_programs() {
  [ ! -d /run/programs ] || return 0
  mkdir /run/programs /run/machine || return 1
  mount --rbind /usr /run/machine || return 1
  ln -s /run/machine/bin/* /run/programs/ || return 1
  mount --bind /run/programs /usr/bin
}

lay_folders() {
  mount -t tmpfs -o mode=0755 tmpfs /run || return 1
  mkdir -p /run/simulator /run/sshd /run/lock /run/user /run/full || return 1
  mount --bind ./run /run/simulator || return 1
  lay_etc || return 1
  graft /opt && graft /var/opt && graft /etc/opt && graft /home || return 1
  local folder
  for folder in ./root/*; do
    folder=${folder#./root}
    # A server that was installed elsewhere; there has to be such a folder on this machine.
    case $folder in /opt | /var | /etc | /home | /tmp) continue ;; esac
    if [ ! -d "$folder" ]; then echo "there is no folder $folder"; return 1; fi
    graft "$folder" || return 1
  done
  mount --bind ./root/tmp /tmp
}

# start_servers USER FOLDER NAME...: the server's processes; USER "-" keeps the current one.
start_servers() {
  local user=$1 folder=$2 name
  shift 2
  for name in "$@"; do
    if [ -n "${server_pids[$name]:-}" ] && kill -0 "${server_pids[$name]}" 2>/dev/null; then continue; fi
    if [ "$user" = - ]; then
      "$folder/$name" 2147483647 </dev/null >/dev/null 2>&1 &
    else
      setpriv --reuid "$user" --regid "$user" --init-groups "$folder/$name" 2147483647 </dev/null >/dev/null 2>&1 &
    fi
    server_pids[$name]=$!
  done
}

# stop_servers [NAME...]: all where no name is given.
stop_servers() {
  local name
  [ $# -gt 0 ] || set -- "${!server_pids[@]}"
  for name in "$@"; do
    [ -n "${server_pids[$name]:-}" ] || continue
    kill -KILL "${server_pids[$name]}" 2>/dev/null
    wait "${server_pids[$name]}" 2>/dev/null
    unset "server_pids[$name]"
  done
  return 0
}

# fill DIR FREE_BYTES: a file system of its own on DIR with its files kept and no more room than that.
fill() {
  local dir=$1 free=$2 full
  full=/run/full/$(printf %s "$dir" | tr / _)
  mkdir -p "$dir" "$full" && mount -t tmpfs -o size=4m tmpfs "$full" || return 1
  cp -a "$dir" "$full/content" || return 1
  [ "$free" -eq 0 ] || head -c "$free" /dev/zero >"$full/free"
  cat /dev/zero >"$full/filler" 2>/dev/null
  rm -f "$full/free"
  mount --bind "$full/content" "$dir"
}

unfill() {
  local dir=$1 full
  full=/run/full/$(printf %s "$dir" | tr / _)
  umount -l "$dir" || return 1
  # Whole files only: whoever looks meanwhile must see no half of one.
  cp -a "$full/content" "$dir.back" || return 1
  find "$dir" -mindepth 1 -delete
  find "$dir.back" -mindepth 1 -maxdepth 1 -exec mv -t "$dir" -- {} +
  rmdir "$dir.back"
  umount -l "$full"
}

# share DIR: the folder that all nodes have in common, as an export that each of them mounts.
share() {
  mkdir -p ../../export "$1" && chmod 755 ../../export && mount --bind ../../export "$1"
}

protect() {
  mkdir -p "$1" && mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"
}

# skew_clock SECONDS: date tells a time that is off by so much. The kernel's clock is one for all nodes.
skew_clock() {
  lay_programs || return 1
  # shellcheck disable=SC2016 # the program expands it
  printf '#!/bin/sh\nexec /run/machine/bin/date -d "@$(($(/run/machine/bin/date +%%s) + %d))" "$@"\n' "$1" >/run/skewed-date
  chmod 755 /run/skewed-date
  ln -sf /run/skewed-date /run/programs/date
}

mend_clock() {
  ln -sf /run/machine/bin/date /run/programs/date
}

# start_sshd UMASK: a listener that is there already ends, its sessions go on.
start_sshd() {
  stop_sshd
  (umask "$1" && exec /usr/sbin/sshd -D -f /run/simulator/sshd_config -E /run/simulator/sshd.log) </dev/null >/dev/null 2>&1 &
  sshd_pid=$!
}

stop_sshd() {
  [ -n "${sshd_pid:-}" ] || return 0
  kill "$sshd_pid" 2>/dev/null
  wait "$sshd_pid" 2>/dev/null
  sshd_pid=
}

# start_session FOLDER USER UMASK: runs the command line in run/FOLDER/command as a user of the node, as an ssh server
# does: a small environment, the home folder, then the user's shell. bash reads .bashrc then, since SSH_CLIENT says that it
# was started by an ssh server. Its streams are the pipes of that folder, and one of them tells how it ended.
start_session() {
  local line user=$2 as=()
  cd "./run/$1" || return
  IFS= read -r -d '' line <'command'
  exec 4<in 5>out 6>err 7>end
  printf 'open\n' >&7
  cd "/home/$user" || cd /
  umask "$3"
  [ "$user" = root ] || as=(setpriv --reuid "$user" --regid "$user" --init-groups)
  setsid "${as[@]}" env -i "HOME=/home/$user" "USER=$user" "LOGNAME=$user" SHELL=/bin/bash PATH=/usr/local/bin:/usr/bin:/bin:/usr/games \
    "SSH_CLIENT=127.0.0.1 0 0" "SSH_CONNECTION=127.0.0.1 0 127.0.0.1 0" /bin/bash -c "$line" <&4 >&5 2>&6 4<&- 5>&- 6>&- 7>&- &
  exec 4<&- 5>&- 6>&-
  printf 'pid %s\n' $! >&7
  wait $!
  printf 'status %s\n' $? >&7
}

serve_sessions() {
  local folder user mask
  while IFS= read -r -d '' folder && IFS= read -r -d '' user && IFS= read -r -d '' mask; do
    start_session "$folder" "$user" "$mask" 3<&- &
  done
}

trap stop_servers EXIT
if [ "$mode" = namespace ]; then lay_folders || { printf 'failed\0%d\0' 1; exit 1; }; fi
if [ "$mode" = namespace ]; then serve_sessions <&3 >/dev/null 2>&1 & fi
exec 3<&-
printf 'ready\0%d\0' 0
while IFS= read -r -d '' command; do
  eval "$command" </dev/null 2>&1
  printf '\0%d\0' $?
done
