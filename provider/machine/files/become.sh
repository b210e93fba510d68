# work_at PATH ARGUMENT...: runs $body, which is a script of its own, with these arguments. Where root works in a folder of
# a person, or below one, it does so with the rights of that person: nothing can be gained by what lies there, and what is
# made there is theirs.
work_at() {
  person=''
  if [ "$(id -u)" = 0 ]; then find_person "$1"; fi
  shift
  if [ -z "$person" ]; then (eval "$body"); else as_person sh -c "pt_n=$pt_n; $body" pulumi-tableau "$@"; fi
}
# The first folder on the way that is not root's.
find_person() {
  way='' rest=${1#/}
  while [ -n "$rest" ]; do
    way=$way/${rest%%/*}
    case $rest in */*) rest=${rest#*/} ;; *) rest='' ;; esac
    if [ ! -d "$way" ]; then break; fi
    person_id=$(owner_of n "$way")
    if [ "$person_id" != 0 ]; then person=$(owner_of '' "$way"); return; fi
  done
}
# owner_of OPTION FOLDER: by the folder itself, where a link leads to it.
# shellcheck disable=SC2012 # stat has other options on every system
owner_of() { ls -ld"$1" "$2/." 2>/dev/null | awk '{ print $3 }'; }
as_person() {
  set -- env LC_ALL=C "HOME=$HOME" "PATH=$PATH" "$@"
  if command -v setpriv >/dev/null 2>&1; then
    group=$(id -g -- "$person" 2>/dev/null) || group=65534
    setpriv --reuid "$person_id" --regid "$group" --clear-groups -- "$@"
  elif command -v sudo >/dev/null 2>&1; then sudo -n -u "#$person_id" -- "$@"
  else emit failed "work as $person" "neither setpriv nor sudo is there"; return 1
  fi
}
