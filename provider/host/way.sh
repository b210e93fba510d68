# Whose is what lies at a path? It is ours where it and all folders above it belong to root, or to the user who runs this,
# and nobody else may write in them.
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
          # shellcheck disable=SC2034 # for the caller
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

# is_ours_alone FILE: whether nobody else could have written this file. Only such a file may be run with our rights.
is_ours_alone() { way "$1"; [ "$whose$theirs$unsafe" = ours ] && [ $((bits & 18)) -eq 0 ]; }
