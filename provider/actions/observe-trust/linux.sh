# Tells of the trust store of every JRE that Tableau Server has on this node: one for each release that lies there, beside
# the one that runs after an upgrade, and before it where the next one is installed already. It changes nothing.
#
# $1 the tsm that the program names; empty: none. $2 how many digests whose contents are known and not sent again, then
# those, and then where the file system begins: nothing but in tests.
path=$1 count=$2 sent=' '
shift 2
while [ "$count" -gt 0 ]; do
  sent="$sent$1 " count=$((count - 1))
  shift
done
# shellcheck disable=SC2034 # for the installation
root=${1-}
has_jre() { [ -d "$1/jre" ]; }
find_package has_jre "$path" repository || {
  emit absent "repository.*/jre/lib/security/cacerts below $searched$distrusted"
  emit end
  exit 0
}
runs=$package

# tell STORE: in a shell of its own, since it goes into the store's folder. Sets nothing.
tell() {
  enter "${1%/*}" && is_store "$1" || return 1
  stat=$(exec stat -c '%a %U %G %s %.9Z' -- ./cacerts 2>/dev/null)
  sum=$(bytes_of ./cacerts | sha256sum) sum=${sum%% *}
  emit store "$repository" "$use" "$1" "$sum" "$stat"
  for part in ./.pulumi-tableau.*.part; do
    if [ -e "$part" ]; then emit leftover "${1%/*}"; break; fi
  done
  case $sent in *" $sum "*) ;; *) emit content "$sum" "$(bytes_of ./cacerts | base64 -w 0)" ;; esac
}
for folder in "${runs%/*}"/repository.*; do
  [ -d "$folder/jre" ] || continue
  repository=${folder##*/} use=idle store=$folder/jre/lib/security/cacerts
  if [ "$folder" = "$runs" ]; then use=runs; fi
  (tell "$store") || emit store "$repository" "$use" "$store" "" ""
done
emit end
