
case $1 in
  desktop) apps="Tableau Desktop $2" ;;
  prep) apps="Tableau Prep Builder $2" ;;
  # No source tells where Bridge has one.
  *) emit absent ""; exit 0 ;;
esac
jre=
for d in "/Applications/$apps"*.app/Contents/Plugins/jre "$HOME/Applications/$apps"*.app/Contents/Plugins/jre; do
  # The names of releases have one length, so the last one in order is the newest.
  [ -r "$d/lib/security/cacerts" ] && jre=$d
done
if [ -z "$jre" ]; then
  emit absent "$apps*.app/Contents/Plugins/jre/lib/security/cacerts in /Applications and $HOME/Applications"
  exit 0
fi
store=$jre/lib/security/cacerts
security=$jre/conf/security/java.security
[ -f "$security" ] || security=$jre/lib/security/java.security
blocked=$jre/lib/security/blocked.certs
if command -v sha256sum >/dev/null 2>&1; then sum=sha256sum; else sum="shasum -a 256"; fi
all=$(cat "$store" "$blocked" "$security" 2>/dev/null | $sum); all=${all%% *}
emit digest "$all" "$store"
[ "$all" = "$3" ] && exit 0
for f in "$store" "$blocked" "$security"; do
  [ -r "$f" ] && emit file "${f##*/}" "$(base64 < "$f" | tr -d '\n')"
done
exit 0
