# $1 the digest over the three files that the caller knows already, $2 the tsm that the program names; empty: none. $3 is
# where the file system begins: empty but in tests.
known=$1 path=$2 root=${3-}
# More than any trust store has.
largest=16777216
has_jre() { [ -d "$1/jre" ]; }

absent() { emit absent "$1"; exit 0; }

find_package has_jre "$path" repository || absent "repository.*/jre/lib/security/cacerts below $searched$distrusted"
jre=$package/jre

# bytes FILE: in a shell of its own, since it goes into the file's folder. The folder may be somebody else's: see folders.sh.
bytes() { enter "${1%/*}" && may_be_read "$1" && bytes_of "./${1##*/}"; }
store=$jre/lib/security/cacerts
if ! bytes "$store" | grep -q ''; then
  way "${store%/*}"
  absent "$store${unsafe:+, which is not read because others may write in $unsafe}"
fi
security=$jre/conf/security/java.security
[ -f "$security" ] || security=$jre/lib/security/java.security
blocked=$jre/lib/security/blocked.certs
all=$({ bytes "$store"; bytes "$blocked"; bytes "$security"; } 2>/dev/null | sha256sum); all=${all%% *}
emit digest "$all" "$store"
[ "$all" = "$known" ] && exit 0
for f in "$store" "$blocked" "$security"; do
  [ -f "$f" ] && emit file "${f##*/}" "$(bytes "$f" 2>/dev/null | base64 -w 0)"
done
exit 0
