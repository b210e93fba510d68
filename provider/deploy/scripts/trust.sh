
version=$( { . /etc/profile.d/tableau_server.sh; } >/dev/null 2>&1; printf %s "$TABLEAU_SERVER_DATA_DIR_VERSION")
packages=/opt/tableau/tableau_server/packages
jre=$packages/repository.$version/jre
if [ ! -d "$jre" ]; then
  jre=$(for d in "$packages"/repository.*/jre; do [ -d "$d" ] && printf '%s\n' "$d"; done | sort -V | tail -n 1)
fi
store=$jre/lib/security/cacerts
if [ -z "$jre" ] || [ ! -r "$store" ]; then emit absent; exit 0; fi
security=$jre/conf/security/java.security
[ -f "$security" ] || security=$jre/lib/security/java.security
blocked=$jre/lib/security/blocked.certs
all=$(cat "$store" "$blocked" "$security" 2>/dev/null | sha256sum); all=${all%% *}
emit digest "$all" "$store"
[ "$all" = "$1" ] && exit 0
for f in "$store" "$blocked" "$security"; do
  [ -r "$f" ] && emit file "${f##*/}" "$(base64 -w 0 < "$f")"
done
exit 0
