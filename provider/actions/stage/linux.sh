# Puts verified copies of stored packages beside the live files, under names that Tableau does not read.
#
# $1 state directory, $2 live directory, then the digests. Nothing live changes: this is the barrier that every node
# has to pass before the first rename.
#
# In a live directory of somebody else the copies are written with the rights of that user.
store=$1/store dir=$2
shift 2
own_store "$store"

# make_folder FOLDER: with all above it that is missing, each with the rights of the owner of the folder that it lies in.
make_folder() {
  [ ! -d "$1" ] || return 0
  make_folder "$(dirname -- "$1")"
  enter_or_end "$(dirname -- "$1")"
  try "make $1" as_owner mkdir -m 0755 -- "./${1##*/}"
}
make_folder "$dir"
enter_or_end "$dir"

# Of a folder a copy goes one level deeper: a folder with a manifest at its top could be read as a connector.
stage_tree() {
  part=./.pulumi-tableau.$1.part
  if [ -n "$owner_id" ]; then emit failed "copy a connector under development" "$dir belongs to $owner"; exit 1; fi
  rm -rf -- "$part"
  words=$( { mkdir -- "$part" && chmod 0755 -- "$part" && cp -R -- "$store/$1" "$part/tree" && chmod -R u=rwX,go=rX -- "$part/tree"; } 2>&1 ) || {
    rm -rf -- "$part"
    emit failed "copy the folders beside the live ones" "$words"
    exit 1
  }
  got=$(tree_of_ours "$part/tree")
  if [ "$got" != "$1" ]; then rm -rf -- "$part"; emit mismatch "$1" "" "$got"; exit 1; fi
  sync
  emit staged "$1"
}
# To a new file, through no link. Not by `set -C`: to the shell a pipe that the owner has put there meanwhile is fine, and opening
# it for writing waits for a reader.
# shellcheck disable=SC2016 # the shell of the owner expands it
copy_program='umask 022; rm -rf -- "$1" && exec dd "of=$1" conv=excl bs=65536 status=none'
copy_in() {
  if [ -z "$owner_id" ]; then install -T -m 0644 -- "$store/$1" "$2"
  elif [ ! -f "$store/$1" ]; then echo "$1 is not in the store"; return 1
  else as_owner sh -c "$copy_program" copy "$2" < "$store/$1"
  fi
}

count=$#
while [ "$count" -gt 0 ]; do
  sha=$1 count=$((count - 1))
  shift
  if [ -d "$store/$sha" ]; then stage_tree "$sha"; else set -- "$@" "$sha"; fi
done
[ $# -gt 0 ] || exit 0
parts='' bytes=0
for sha do
  parts="$parts ./.pulumi-tableau.$sha.part" file=''
  if [ -f "$store/$sha.info" ]; then { read -r _; read -r _; read -r file; } < "$store/$sha.info"; fi
  case $file in *.jar) bytes=$much ;; esac
done
words=$(for sha do copy_in "$sha" "./.pulumi-tableau.$sha.part" 2>&1 || exit 1; done) || {
  # shellcheck disable=SC2086 # names without blanks
  as_owner rm -f -- $parts 2>/dev/null
  emit failed "copy the packages beside the live files" "$words"
  exit 1
}
sums=''
# shellcheck disable=SC2086
if [ -z "$owner_id" ]; then sums "$bytes" $parts; fi
for sha do
  part=./.pulumi-tableau.$sha.part
  holds "$sums" "$sha" "$part" && continue
  got=$(bytes_of "$part" | sha256sum) got=${got%% *}
  if [ -n "$owner_id" ] && [ "$got" = "$sha" ]; then continue; fi
  size=$(stat -c %s -- "$part" 2>/dev/null)
  as_owner rm -f -- "$part"
  emit mismatch "$sha" "$size" "$got"
  exit 1
done
# shellcheck disable=SC2086
if [ -z "$owner_id" ]; then flush $parts; else sync; fi
for sha do emit staged "$sha"; done
