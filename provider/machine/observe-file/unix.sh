# Looks at one file. $1 its path. Changes nothing.
path=$1
if [ -d "$path" ]; then emit failed "look at $path" "it is a folder"; exit 1; fi
[ -e "$path" ] || exit 0
if ! is_file "$path"; then emit failed "look at $path" "it is no file, or too large"; exit 1; fi
mode=plain
if [ -x "$path" ]; then mode=executable; fi
text=''
[ "$(wc -c < "$path" 2>/dev/null | tr -d ' ')" -le 65536 ] 2>/dev/null && text=$(base64 < "$path" 2>/dev/null | tr -d '\n')
emit file "$(digest "$path")" "$mode" "$text"
