# Whose folders are these? Root follows no link, opens nothing and changes nothing by its path where somebody else could
# exchange what the path leads to. A folder is ours where it and all folders above it belong to root, or to the user who
# runs this, and nobody else may write in them. In a folder that belongs to somebody else this works with the rights of
# that user, so that nothing can be gained by what lies there. Any other folder is unsafe, and is refused.
#
# A folder of ours below one of somebody else can have been exchanged by that user for any other of ours beside it. Its files
# are written by us, since nobody else may, but read with the rights of that user, and it is never opened to others.
#
# way PATH: looks at every folder on the way to PATH and at PATH itself, and sets
#   way      PATH without links; links are followed only where they are ours and lie in folders of ours
#   theirs   the first folder on the way that belongs to somebody else, with its $theirs_id; empty: there is none
#   unsafe   the first folder where anybody else may write, or link that anybody else may change; empty: there is none
# and with either of them $bad_owner and $bad_mode, of that folder; and $look, the mode, owner, group and identity (number and
# time of change) of PATH, or of the last folder on the way where PATH is missing.
line_end='
'
way() {
  way=$1 hops=0
  while follow_way; do
    hops=$((hops + 1))
    if [ "$hops" -gt 16 ]; then unsafe=$1 bad_owner='' bad_mode=''; return; fi
  done
}

# Looks along $way once. Succeeds where it met a link of ours: $way then leads on from its end.
follow_way() {
  theirs='' unsafe='' along='' rest=${way#/}
  set -- /
  while [ -n "$rest" ]; do
    part=${rest%%/*}
    case $rest in */*) rest=${rest#*/} ;; *) rest='' ;; esac
    case $part in
      '' | .) continue ;;
      ..) unsafe=$way bad_owner='' bad_mode=''; return 1 ;;
    esac
    along=$along/$part
    if [ -e "$along" ] || [ -h "$along" ]; then set -- "$@" "$along"; else break; fi
  done
  looks=$(exec stat -c '%f %u %a %U %G %i-%.9Z' -- "$@" 2>/dev/null)
  open=''
  for along do
    look=${looks%%"$line_end"*} looks=${looks#*"$line_end"}
    # Something has vanished meanwhile.
    if [ -z "$look" ]; then unsafe=$along bad_owner='' bad_mode=''; return 1; fi
    bits=$((0x${look%% *})) look=${look#* }
    id=${look%% *} look=${look#* }
    if is_ours "$id"; then whose=ours; else whose=theirs; fi
    case $((bits >> 12)) in
      10)
        if [ "$whose$theirs" != ours ]; then not_safe "$along"; return 1; fi
        follow_link "$along"
        return 0
        ;;
      4)
        # In a folder with the sticky bit nobody else can exchange what belongs to us.
        if [ -n "$open" ] && [ "$whose" = ours ] && [ -z "$theirs" ]; then open=''; fi
        if [ -n "$open" ]; then not_safe "$along"; return 1; fi
        if [ "$whose" = theirs ]; then
          if [ -z "$theirs" ]; then theirs=$along theirs_id=$id bad_mode=${look%% *} bad_owner=${look#* } bad_owner=${bad_owner%% *}; fi
        elif [ $((bits & 18)) -ne 0 ]; then
          if [ $((bits & 512)) -eq 0 ]; then not_safe "$along"; return 1; fi
          open=$along open_look=$look
        fi
        ;;
    esac
  done
  # In such a folder anybody may be the first to make what is missing.
  if [ -n "$open" ]; then not_safe "$open" "$open_look"; fi
  return 1
}
not_safe() {
  unsafe=$1 bad_mode=${2-$look}
  bad_owner=${bad_mode#* } bad_mode=${bad_mode%% *}
  bad_owner=${bad_owner%% *}
}

# The rest of $way, behind the link that it leads over.
follow_link() {
  behind=/${way#/}
  behind=${behind#"$1"}
  target=$(exec readlink -- "$1")
  case $target in
    /*) way=$target$behind ;;
    *)
      above=${1%/*}
      while :; do
        case $target in
          ./*) target=${target#./} ;;
          ../*) target=${target#../} above=${above%/*} ;;
          ..) target='' above=${above%/*} ;;
          *) break ;;
        esac
      done
      way=$above/$target$behind
      ;;
  esac
}

# The folder of all processes is always root's. In a container that knows few users, those outside own the folders that it
# is given, and have one number there.
me=0
[ -O /proc ] || me=$(exec id -u)
outside=''
{ read -r _ _ users < /proc/self/uid_map; } 2>/dev/null
if [ "${users:-65535}" -lt 65534 ]; then outside=65534; fi
is_ours() { case $1 in 0 | "$me" | "$outside") return 0 ;; esac; return 1; }

# own_folders FOLDER...: ends the script unless each folder is ours.
own_folders() {
  for folder do
    way "$folder"
    if [ -n "$theirs$unsafe" ]; then tell_unsafe "$folder"; exit 1; fi
  done
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
patience=300
as_owner() { with_rights_of "$owner" "$owner_id" "$@"; }
as_reader() { with_rights_of "$reader" "$reader_id" "$@"; }
with_rights_of() {
  if [ -z "$2" ]; then shift 2; "$@"
  elif [ "$me" != 0 ]; then shift 2; timeout "$patience" "$@"
  else as_user "$@"
  fi
}
as_user() {
  user=$1 user_id=$2
  shift 2
  groups=--init-groups
  group_id=$(exec id -g -- "$user" 2>/dev/null) || group_id=65534 groups=--clear-groups
  if command -v setpriv >/dev/null 2>&1; then
    timeout "$patience" setpriv --reuid "$user_id" --regid "$group_id" "$groups" -- "$@"
  elif command -v runuser >/dev/null 2>&1; then
    timeout "$patience" runuser -u "$user" -- "$@"
  elif command -v su >/dev/null 2>&1; then
    # shellcheck disable=SC2016 # the other shell expands it
    timeout "$patience" su -s /bin/sh "$user" -c 'exec "$@"' -- sh "$@"
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
  if [ -z "$reader_id" ]; then timeout "$patience" head -c "$largest" -- "$1"
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

# close_store STORE: makes the store of an earlier version, which everybody could read, what it is today.
close_store() {
  case $(exec stat -c %a -- "$1" 2>/dev/null) in
    700 | '') ;;
    *) chmod -R go= -- "$1" ;;
  esac
}
# enter_or_end FOLDER: for scripts that change something there.
enter_or_end() {
  enter "$1" && return
  if [ -n "$unsafe" ]; then tell_unsafe "$1"; exit 1; fi
  emit failed "open $1" "$(cd -P -- "$1" 2>&1 || :)"
  exit 1
}
