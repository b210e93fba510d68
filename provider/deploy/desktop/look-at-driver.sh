
product=$1; folder=${2%/}; name=$3
system=$(uname -s)
emit system "$system"
case $folder in
  "~/"*) folder=$HOME/${folder#"~/"} ;;
  ?*) ;;
  *) if [ "$system" = Darwin ]; then folder=$HOME/Library/Tableau/Drivers; else folder=/opt/tableau/tableau_driver/jdbc; fi ;;
esac
emit folder "$folder"
if [ -d "$folder" ] && ! ls "$folder" >/dev/null 2>&1; then emit failed "look into $folder" "$(ls "$folder" 2>&1)"; exit 1; fi
if [ -d "$folder/$name" ]; then emit unpacked "$folder" "$name"
elif [ -e "$folder/$name" ]; then emit package "$folder" "$name" "$(digest "$folder/$name")"
fi
note=$folder/.pulumi-tableau.$name.owner
[ -f "$note" ] && emit note "$(head -c 4096 "$note" 2>/dev/null)"
