# Whose folders are these? Root follows no link, opens nothing and changes nothing by its path where somebody else could
# exchange what the path leads to: which folders are ours tells `way` (host/way.sh). In a folder that belongs to somebody else
# this works with the rights of that user, so that nothing can be gained by what lies there. Any other folder is unsafe, and is
# refused.
#
# A folder of ours below one of somebody else can have been exchanged by that user for any other of ours beside it. Its files
# are written by us, since nobody else may, but read with the rights of that user, and it is never opened to others.

# own_folders FOLDER...: ends the script unless each folder is ours.
own_folders() {
  for folder do
    way "$folder"
    if [ -n "$theirs$unsafe" ]; then tell_unsafe "$folder"; exit 1; fi
  done
}
# own_store STORE: the same of the store and the folder that it lies in; and the store of an earlier version, which everybody
# could read, is closed.
own_store() {
  own_folders "${1%/*}" "$1"
  if [ -d "$1" ] && [ $((bits & 63)) -ne 0 ]; then chmod -R go= -- "$1"; fi
}
tell_unsafe() { emit unsafe "$1" "${unsafe:-$theirs}" "$bad_owner" "$bad_mode"; }

# enter FOLDER: makes the folder the one that this script works in, by names that begin with ./, whatever becomes of the
# names on the way to it. Sets $owner to the user whose rights `as_owner` takes then; empty: the folder is ours. Sets $reader
# to the user whose rights `as_reader` takes; empty: the folder and all above it are ours.
owner='' owner_id='' reader='' reader_id=''
enter() {
  way "$1"
  owner='' owner_id='' reader='' reader_id=''
  [ -z "$unsafe" ] || return 1
  cd -P -- "$way" 2>/dev/null || return 1
  [ -n "$theirs" ] || return 0
  # What counts is where this is now: no link on the way has led anywhere else.
  look=$(exec stat -c '%f %u %a %U %G' . 2>/dev/null)
  if [ "$(exec readlink /proc/self/cwd)" != "$way" ] || [ -z "$look" ]; then unsafe=$theirs; return 1; fi
  bits=$((0x${look%% *})) look=${look#* }
  id=${look%% *} look=${look#* }
  if ! is_ours "$id"; then owner=${look#* } owner=${owner%% *} owner_id=$id reader=$owner reader_id=$id; return 0; fi
  if [ $((bits & 18)) -ne 0 ]; then not_safe "$1"; return 1; fi
  reader=$bad_owner reader_id=$theirs_id
}

# as_owner PROGRAM ARGUMENT..., as_reader PROGRAM ARGUMENT...: runs it with the rights of that user, and not for ever.
wait_seconds=300
as_owner() { with_rights_of "$owner" "$owner_id" "$@"; }
as_reader() { with_rights_of "$reader" "$reader_id" "$@"; }
with_rights_of() {
  if [ -z "$2" ]; then shift 2; "$@"
  elif [ "$me" != 0 ]; then shift 2; timeout "$wait_seconds" "$@"
  else as_user "$@"
  fi
}
as_user() {
  user=$1 user_id=$2
  shift 2
  groups=--init-groups
  group_id=$(exec id -g -- "$user" 2>/dev/null) || group_id=65534 groups=--clear-groups
  if command -v setpriv >/dev/null 2>&1; then
    timeout "$wait_seconds" setpriv --reuid "$user_id" --regid "$group_id" "$groups" -- "$@"
  elif command -v runuser >/dev/null 2>&1; then
    timeout "$wait_seconds" runuser -u "$user" -- "$@"
  elif command -v su >/dev/null 2>&1; then
    # shellcheck disable=SC2016 # the other shell expands it
    timeout "$wait_seconds" su -s /bin/sh "$user" -c 'exec "$@"' -- sh "$@"
  else
    echo "one of setpriv, runuser and su is needed to work as $user" >&2
    return 1
  fi
}

# A file of more bytes than this is not read.
largest=1073741824
# bytes_of ./NAME: prints the bytes of a file of the folder that is entered. In a folder of somebody else, or below one, no
# link is followed, no pipe waited for, and nothing read that this user could not read.
bytes_of() {
  if [ -z "$reader_id" ]; then timeout "$wait_seconds" head -c "$largest" -- "$1"
  else as_reader dd "if=$1" iflag=nofollow,nonblock,count_bytes bs=1048576 "count=$largest" 2>/dev/null
  fi
}
# may_be_read PATH: whether the file of that path may be, in its folder, which is entered, and sets $size. It is a regular file;
# a link only where all that it leads over is ours as well. In a folder of somebody else, or below one, no link, nor a file that has
# another name elsewhere, which may be one that this user could not read.
may_be_read() {
  if [ -n "$reader_id" ]; then
    size=$(exec stat -c '%s %h %F' -- "./${1##*/}" 2>/dev/null)
    case ${size#* } in '1 regular '*) size=${size%% *} ;; *) return 1 ;; esac
  else
    [ -f "./${1##*/}" ] || return 1
    if [ -h "./${1##*/}" ]; then
      way "$1"
      [ -z "$theirs$unsafe" ] || return 1
    fi
    size=$(exec stat -L -c %s -- "./${1##*/}")
  fi
}

# enter_or_end FOLDER: for scripts that change something there.
enter_or_end() {
  enter "$1" && return
  if [ -n "$unsafe" ]; then tell_unsafe "$1"; exit 1; fi
  emit failed "open $1" "$(cd -P -- "$1" 2>&1 || :)"
  exit 1
}
