# Looks at the folder that a product reads connectors from. Changes nothing.
#
# $1 product, $2 the folder, $3 the file's name, $4 the system, $5 how the names of its programs begin.
product=$1 folder=$2 name=$3 system=$4 apps=$5
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
if [ -f "$note" ]; then emit note "$(head -c 4096 "$note" 2>/dev/null)"; fi

if [ -n "$apps" ]; then
  for app in "/Applications/$apps"*.app "$HOME/Applications/$apps"*.app; do [ -d "$app" ] && emit app "${app##*/}"; done
fi
