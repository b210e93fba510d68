
store=$1/store; dir=$2; shift 2
if [ ! -d "$dir" ]; then try "make $dir" mkdir -p -m 0755 -- "$dir"; fi
# Of a folder a copy goes one level deeper: a folder with a manifest at its top could be read as a connector.
count=$#
while [ "$count" -gt 0 ]; do
  sha=$1; count=$((count - 1)); shift
  if [ ! -d "$store/$sha" ]; then set -- "$@" "$sha"; continue; fi
  part=$dir/.pulumi-tableau.$sha.part
  rm -rf -- "$part"
  words=$( { mkdir -- "$part" && chmod 0755 -- "$part" && cp -R -- "$store/$sha" "$part/tree" && chmod -R u=rwX,go=rX -- "$part/tree"; } 2>&1 ) || {
    rm -rf -- "$part"; emit failed "copy the folders beside the live ones" "$words"; exit 1
  }
  got=$(tree "$part/tree")
  if [ "$got" != "$sha" ]; then rm -rf -- "$part"; emit mismatch "$sha" "" "$got"; exit 1; fi
  sync; emit staged "$sha"
done
[ $# -gt 0 ] || exit 0
parts= bytes=0
for sha do
  parts="$parts .pulumi-tableau.$sha.part" file=
  if [ -f "$store/$sha.info" ]; then { read -r _; read -r _; read -r file; } < "$store/$sha.info"; fi
  case $file in *.jar) bytes=$much ;; esac
done
words=$(for sha do install -m 0644 -- "$store/$sha" "$dir/.pulumi-tableau.$sha.part" 2>&1 || exit 1; done) || {
  (cd -- "$dir" && rm -f -- $parts) 2>/dev/null
  emit failed "copy the packages beside the live files" "$words"; exit 1
}
cd -- "$dir" || exit 1
sums "$bytes" $parts
for sha do
  part=.pulumi-tableau.$sha.part
  holds "$sums" "$sha" "$part" && continue
  got=$(digest "$part"); size=$(stat -c %s -- "$part" 2>/dev/null)
  rm -f -- "$part"; emit mismatch "$sha" "$size" "$got"; exit 1
done
flush $parts
for sha do emit staged "$sha"; done
