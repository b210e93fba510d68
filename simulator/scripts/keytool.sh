#!/bin/bash
# keytool of a simulated JRE, as far as certificates in its trust store need it: -importcert, -exportcert, -delete and -list
# of a Java keystore (JKS). The node needs no Java for that.
LC_ALL=C
fail() { printf 'keytool error: java.lang.Exception: %s\n' "$1"; exit 1; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
# shellcheck disable=SC2001 # a pattern for each pair
binary() { printf '%b' "$(sed 's/../\\x&/g' <<< "$1")"; }
hex_of() { printf %s "$1" | hex; }
verb='' alias='' file='' keystore='' password=''
while [ $# -gt 0 ]; do
  case $1 in
  -importcert | -import) verb=import ;;
  -exportcert | -export) verb='export' ;;
  -delete | -list) verb=${1#-} ;;
  -alias) alias=${2,,} && shift ;;
  -file) file=$2 && shift ;;
  -keystore) keystore=$2 && shift ;;
  -storepass) password=$2 && shift ;;
  -storepass:file) { IFS= read -r password || [ -n "$password" ]; } < "$2" && shift ;;
  -storepass:env) password=${!2} && shift ;;
  esac
  shift
done
[ -f "$keystore" ] || fail "Keystore file does not exist: $keystore"
all=$(hex < "$keystore")
case $all in feedfeed*) ;; *) fail "Invalid keystore format" ;; esac
# The digest at the end, as sun.security.provider.JavaKeyStore makes it.
wide=''
for ((i = 0; i < ${#password}; i++)); do wide+=00$(hex_of "${password:i:1}"); done
seal() { binary "$wide$(hex_of 'Mighty Aphrodite')$1" | sha1sum | head -c 40; }
body=${all:0:${#all}-40}
if [ "$(seal "$body")" != "${all: -40}" ]; then
  printf 'keytool error: java.io.IOException: Keystore was tampered with, or password was incorrect\n'
  exit 1
fi
count=$((16#${body:16:8})) at=24 aliases=() entries=() certificates=()
take() { taken=${body:at:$1*2} && at=$((at + $1 * 2)); }
number() { take "$1" && value=$((16#$taken)); }
certificate() { number 2 && take "$value" && number 4 && take "$value"; }
for ((i = 0; i < count; i++)); do
  start=$at
  number 4 && tag=$value
  number 2 && take "$value"
  aliases+=("$(binary "$taken")")
  take 8
  if [ "$tag" = 2 ]; then
    certificate && certificates+=("$taken")
  else
    number 4 && take "$value"
    number 4
    for ((chain = value; chain > 0; chain--)); do certificate; done
    certificates+=('')
  fi
  entries+=("${body:start:at-start}")
done
found=''
for ((i = 0; i < count; i++)); do if [ "${aliases[i]}" = "$alias" ]; then found=$i; fi; done
save() {
  local content
  content=feedfeed00000002$(printf %08x "${#entries[@]}")$(printf %s "${entries[@]}")
  binary "$content$(seal "$content")" > "$keystore"
}
case $verb in
list)
  printf 'Keystore type: JKS\n\nYour keystore contains %s entries\n\n' "$count"
  for one in "${aliases[@]}"; do printf '%s, trustedCertEntry\n' "$one"; done
  ;;
export)
  [ -n "$found" ] || fail "Alias <$alias> does not exist"
  if [ -n "$file" ]; then binary "${certificates[found]}" > "$file"; else binary "${certificates[found]}"; fi
  ;;
delete)
  [ -n "$found" ] || fail "Alias <$alias> does not exist"
  unset "entries[found]"
  save
  ;;
import)
  [ -z "$found" ] || fail "Certificate not imported, alias <$alias> already exists"
  if [ -n "$file" ]; then der=$(hex < "$file"); else der=$(hex); fi
  case $der in 30*) ;; *) fail "Input not an X.509 certificate" ;; esac
  name=$(hex_of "$alias")
  entries+=("00000002$(printf %04x $((${#name} / 2)))$name$(printf %016x $(($(date +%s) * 1000)))0005$(hex_of X.509)$(printf %08x $((${#der} / 2)))$der")
  save
  printf 'Certificate was added to keystore\n'
  ;;
*) fail "Command option is missing" ;;
esac
