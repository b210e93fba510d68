
product=$1; repository=$2; name=$3
system=$(uname -s)
emit system "$system"
case $product in
  desktop) wanted="My Tableau Repository" apps="Tableau Desktop" ;;
  prep) wanted="My Tableau Prep Repository" apps="Tableau Prep" ;;
  bridge) wanted=My_Tableau_Bridge_Repository apps= ;;
esac
set -- "$HOME/Documents"
[ "$product" = bridge ] && set -- "$@" /home/tableau/Documents /root/Documents

found=
take() {
  [ -d "$1" ] && [ "$1" != "$found" ] || return 0
  if [ -z "$found" ]; then found=$1; else emit other "$1"; fi
}
case $repository in
  "~/"*) found=$HOME/${repository#"~/"} ;;
  ?*) found=$repository ;;
  *)
    for documents do take "$documents/$wanted"; done
    for documents do take "$documents/${wanted}_Beta"; take "$documents/$wanted (Beta)"; done
    if [ -z "$found" ] && [ "$product" = desktop ]; then
      for tps in "$1"/*/Preferences.tps; do [ -f "$tps" ] && take "${tps%/*}"; done
    fi
    [ -n "$found" ] || found=$1/$wanted
    ;;
esac
folder=$found/Connectors
emit folder "$folder"
if [ -d "$folder" ] && ! ls "$folder" >/dev/null 2>&1; then emit failed "look into $folder" "$(ls "$folder" 2>&1)"; exit 1; fi

look_into() {
  for f in "$1"/*.taco; do
    if [ -f "$f" ]; then emit package "$1" "${f##*/}" "$(digest "$f")"
    elif [ -d "$f" ] && [ ! -f "$f/manifest.xml" ]; then emit unpacked "$1" "${f##*/}" ""
    fi
  done
  for f in "$1"/*/manifest.xml; do
    [ -f "$f" ] || continue
    unpacked=${f%/manifest.xml}
    emit unpacked "$1" "${unpacked##*/}" "$(head -c 262144 "$f" 2>/dev/null)"
  done
}
look_into "$folder"
[ "$system" = Darwin ] || [ "$folder" = /opt/tableau/connectors ] || look_into /opt/tableau/connectors
note=$folder/.pulumi-tableau.$name.owner
[ -f "$note" ] && emit note "$(head -c 4096 "$note" 2>/dev/null)"

if [ -n "$apps" ]; then
  for app in "/Applications/$apps"*.app "$HOME/Applications/$apps"*.app; do [ -d "$app" ] && emit app "${app##*/}"; done
fi
