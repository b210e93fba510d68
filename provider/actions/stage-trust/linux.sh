# Makes a new trust store beside that of a JRE, by the keytool of that JRE, and sends it: the caller reads it before it
# takes the place of the old one (place/linux.sh). Nothing live changes.
#
# $1 state directory, $2 path of cacerts, $3 its digest as it was seen, $4 `default` or `given`: its password is `changeit`,
# or the first line of standard input. Then how many entries go, for each its alias and the digest of its certificate, and
# then for each that comes the same: its certificate lies in the store of this package.
#
# keytool runs as root where the JRE is ours, and with the rights of its owner where it belongs to somebody else.
store=$1/store live=$2 was=$3 secret=$4 going=$5
shift 5
umask 077
own_store "$store"
dir=${live%/*} home=${live%/lib/security/cacerts} work=./.pulumi-tableau.new.$$.part pass=''
program=$home/bin/keytool
unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS KEYTOOL_OPTIONS CLASSPATH
# What runs, what it loads and what it writes belong to the same user.
owners=''
for part in "$home/bin" "$home/lib" "$dir"; do
  enter_or_end "$part"
  owners="$owners$owner_id."
done
if [ "$owners" != "$owner_id.$owner_id.$owner_id." ] || { [ -z "$owner_id" ] && ! is_ours_alone "$program"; }; then
  if [ -z "$unsafe$theirs" ]; then
    unsafe=$program bad_mode=${look%% *} bad_owner=${look#* }
    bad_owner=${bad_owner%% *}
  fi
  tell_unsafe "$program"
  exit 1
fi
trap 'as_owner rm -f -- "$work"; if [ -n "$pass" ]; then rm -f -- "$pass"; fi' EXIT

if [ "$secret" = given ]; then
  IFS= read -r line || [ -n "$line" ] || { emit failed "read the password of $live" "it did not arrive"; exit 1; }
  pass=$(mktemp 2>/dev/null) || { emit failed "write the password of $live" "mktemp: No space left on device"; exit 1; }
  printf '%s\n' "$line" > "$pass"
  line=''
  if [ -n "$owner_id" ] && [ "$me" = 0 ]; then try "hand over the password" chown -- "$owner_id" "$pass"; fi
  set -- -storepass:file "$pass" "$@"
else
  set -- -storepass changeit "$@"
fi
how=$1 word=$2
shift 2
keytool() { as_owner timeout "$wait_seconds" "$program" "$@" -keystore "$work" "$how" "$word"; }

if ! is_store "$live"; then
  emit failed "read $live" "it is a link, no regular file, or larger than $largest bytes"
  exit 1
fi
try "copy $live" as_owner cp -p -- ./cacerts "$work"
got=$(bytes_of "$work" | sha256sum) got=${got%% *}
if [ "$got" != "$was" ]; then emit changed "$dir" cacerts "$got"; exit 1; fi
while [ "$going" -gt 0 ]; do
  alias=$1 sha=$2 going=$((going - 1)) what="take the certificate $1 out of $live"
  shift 2 || exit
  # Kept, so that it can come back.
  kept=$store/.incoming.$sha.$$
  words=$( { keytool -exportcert -alias "$alias" > "$kept"; } 2>&1 ) || { rm -f -- "$kept"; emit failed "$what" "$words"; exit 1; }
  got=$(digest "$kept")
  if [ "$got" != "$sha" ]; then rm -f -- "$kept"; emit failed "$what" "its certificate has the digest $got, expected $sha"; exit 1; fi
  [ -f "$store/$sha.info" ] || printf '%s\n%s\n%s\n' certificate '' "$alias.cer" > "$store/$sha.info"
  try "$what" mv -fT -- "$kept" "$store/$sha"
  words=$(keytool -delete -alias "$alias" 2>&1) || { emit failed "$what" "$words"; exit 1; }
done
while [ $# -gt 0 ]; do
  alias=$1 sha=$2 what="import the certificate $1 into $live"
  shift 2 || exit
  if [ ! -f "$store/$sha" ] || [ "$(digest "$store/$sha")" != "$sha" ]; then
    emit failed "$what" "its certificate is not in the store of this node"
    exit 1
  fi
  words=$(keytool -importcert -noprompt -alias "$alias" < "$store/$sha" 2>&1) || { emit failed "$what" "$words"; exit 1; }
done
sum=$(bytes_of "$work" | sha256sum) sum=${sum%% *}
try "write beside $live" as_owner mv -fT -- "$work" "./.pulumi-tableau.$sum.part"
work=./.pulumi-tableau.$sum.part
content=$(bytes_of "$work" | base64 -w 0)
if [ -z "$owner_id" ]; then flush "$work"; else sync; fi
trap 'if [ -n "$pass" ]; then rm -f -- "$pass"; fi' EXIT
emit made "$sum" "$content"
