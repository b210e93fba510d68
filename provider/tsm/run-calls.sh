set +a +e +u
exec 4>&1
path=$1 ask=$2 unauthorised=$3 root=$4 known=$5 rest=$6
shift 6

# A variable of this name that came with the environment would stay exported.
unset password
if [ "$ask" = line ]; then
  case $(command -v printf) in
    */*) emit printf-external; exit 0 ;;
  esac
  IFS= read -r password
fi

if [ "$unauthorised" = leave ]; then
  # "uid=1000(deploy) gid=1000(deploy) groups=1000(deploy),998(tsmadmin)"
  who=$(id)
  case $who in
    uid=0[!0-9]* | uid=*'(tableau) gid='* | *'(tsmadmin)'*) ;;
    *) who=${who#*(} who=${who%%)*}; emit unauthorised "$who"; exit 0 ;;
  esac
fi

runnable() { [ -f "$1" ] && [ -x "$1" ]; }
holds_tsm() { runnable "$1/tsm"; }
find_tsm() {
  if [ -n "$path" ]; then
    searched=$path tsm=$path
    [ -z "$known" ] || take "$known"
    runnable "$tsm"
    return
  fi
  find_package holds_tsm '' customer-bin bin && tsm=$package/tsm
}
find_tsm || { emit missing "$searched$distrusted"; exit 0; }
emit program "$tsm"
[ -n "$known" ] || emit settings "$config
$data
$version
$install
"

[ -n "$config" ] && export TABLEAU_SERVER_CONFIG_NAME="$config"
[ -n "$data" ] && export TABLEAU_SERVER_DATA_DIR="$data"
[ -n "$version" ] && export TABLEAU_SERVER_DATA_DIR_VERSION="$version"
[ -n "$install" ] && export TABLEAU_SERVER_INSTALL_DIR="$install"

# What tsm takes only from a file. The folder is new and this user's alone, and goes with the script, however that ends; one that
# a script left behind that was killed goes now: only the holder of the lock comes here.
folder=''
forget_file() { [ -z "$folder" ] || rm -rf -- "$folder"; }
if [ "$rest" = rest ]; then
  for folder in "${TMPDIR:-/tmp}"/pulumi-tableau-keys.??????; do
    if [ -d "$folder" ] && [ ! -h "$folder" ] && [ -O "$folder" ]; then forget_file; fi
  done
  folder=''
  trap forget_file EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 141' PIPE
  trap 'exit 143' TERM
  umask 077
  words=$(mktemp -d "${TMPDIR:-/tmp}/pulumi-tableau-keys.XXXXXX" 2>&1) || { emit unwritten "$words"; exit 0; }
  folder=$words
  words=$( { cat > "$folder/keys.json"; } 2>&1 ) || { emit unwritten "$words"; exit 0; }
fi

# The first $1 of the arguments after it, to tsm. Tableau Server requires this locale on its nodes; without it, tsm answers in
# the language of the login, and a path that is not ASCII is damaged. It ends the shell it runs in, which saves a process.
run_first() {
  count=$1
  shift
  others=$(($# - count))
  while [ "$count" -gt 0 ]; do
    case $1 in
      https://HOSTNAME:8850) set -- "$@" "https://$(uname -n):8850" ;;
      SETTINGS-FILE) set -- "$@" "$folder/keys.json" ;;
      *) set -- "$@" "$1" ;;
    esac
    shift
    count=$((count - 1))
  done
  shift "$others"
  { LC_ALL=en_US.UTF-8 LANG=en_US.UTF-8; } 2>/dev/null
  export LC_ALL LANG
  exec 3>&- 4>&-
  if [ "$ask" = line ]; then
    printf '%s\n' "$password" 2>/dev/null | "$tsm" "$@"
    exit
  else
    exec "$tsm" "$@" </dev/null
  fi
}

newline='
'
# allEnded (all-ended.ts): whether a list surely shows no job that is still to end. In a shell of its own, for IFS.
all_ended() (
  set -f
  IFS=$newline seen=no
  for line in $1; do
    seen=yes
    case $line in
      'There are no jobs.' | 'There are no running jobs.' | 'No jobs.' | 'No running jobs.') continue ;;
      # A colon belongs to a time; elsewhere it makes a label, and who knows of what.
      :* | *: | *[!0123456789]:* | *:[!0123456789]*) exit 1 ;;
    esac
    numbers=no types=0 ends=0 headings=0
    case $line in *[0123456789]*) numbers=yes ;; esac
    IFS='-0123456789 |,;:./'
    for word in $line; do
      case $word in
        '') ;;
        Succeeded | Failed | Cancelled | Canceled | SUCCEEDED | FAILED | CANCELLED | CANCELED) ends=$((ends + 1)) ;;
        Id | ID | Job | Type | Status) headings=$((headings + 1)) ;;
        *[!ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz]*) exit 1 ;;
        *Job) types=$((types + 1)) ;;
        *) exit 1 ;;
      esac
    done
    IFS=$newline
    case "$numbers $types $ends $headings" in
      'yes 1 1 0' | 'no 0 0 '*) ;;
      *) exit 1 ;;
    esac
  done
  [ "$seen" = yes ]
)
call=0
while [ "$#" -gt 0 ]; do
  count=$1 output=$2 failure=$3
  shift 3 || exit
  if [ "$output" = lines ]; then
    ending=$(
      {
        { (run_first "$count" "$@" 2>&1); printf %s "$?" >&3; } |
          while IFS= read -r text || [ -n "$text" ]; do emit line "$call" "$text" >&4; done
      } 3>&1
    )
  else
    text=$(
      {
        error=$(run_first "$count" "$@" 2>&1 >&3)
        ending=$?
        emit stderr "$call" "$error" >&4
        case $error in
          'Could not connect to'* | *"$newline"'Could not connect to'*) ending="$ending refused" ;;
          *Job*) ending="$ending named" ;;
        esac
        printf '\n%s' "$ending"
      } 3>&1
    )
    ending=${text##*"$newline"}
    text=${text%"$newline"*}
    emit stdout "$call" "$text"
    # Where the controller is down each further call would only wait for it again. Beside an answer, standard error is noise.
    case $text in
      'Could not connect to'* | *"$newline"'Could not connect to'*) ending="${ending%% *} unreachable" ;;
      *[![:space:]]*) [ "$ending" = '0 refused' ] && ending=0 ;;
    esac
  fi
  status=${ending%% *}
  # Nothing is started for somebody who has gone.
  emit exit "$call" "$status" || exit 0
  if [ "$failure" = stop-if-busy ] && { [ "$ending" != 0 ] || ! all_ended "$text"; }; then
    emit busy "$call"
    exit 0
  fi
  case $ending in
    *unreachable | *refused) exit 0 ;;
  esac
  [ "$failure" = stop ] && [ "$status" != 0 ] && exit 0
  shift "$count" || exit
  call=$((call + 1))
done
exit 0
