# Sends the bytes of a file, in base64, so that what it is can be read on this side.
#
# GNU, busybox and BSD programs alike. $1 greatest size in bytes, $2 the path.
limit=$1 path=$2
if ! is_file "$path"; then emit missing "$path"; exit 0; fi
size=$(wc -c 2>/dev/null < "$path") || { emit missing "$path"; exit 0; }
if [ $((size)) -gt "$limit" ]; then emit large "$path" $((size)); exit 0; fi
emit bytes "$path" "$(base64 2>/dev/null < "$path" | tr -d '\n')"
