# Looks at one file in the folder that a product reads its JDBC drivers from. Changes nothing.
#
# $1 product, $2 the folder, $3 the file's name, $4 the system.
product=$1 folder=$2 name=$3 system=$4
if [ -d "$folder" ] && ! ls "$folder" >/dev/null 2>&1; then emit failed "look into $folder" "$(ls "$folder" 2>&1)"; exit 1; fi
if [ -d "$folder/$name" ]; then emit unpacked "$folder" "$name"
elif [ -e "$folder/$name" ]; then emit package "$folder" "$name" "$(digest "$folder/$name")"
fi
note=$folder/.pulumi-tableau.$name.owner
if [ -f "$note" ]; then emit note "$(head -c 4096 "$note" 2>/dev/null)"; fi
