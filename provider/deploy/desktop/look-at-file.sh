
path=$1
case $path in "~/"*) path=$HOME/${path#"~/"} ;; esac
emit system "$(uname -s)"
emit path "${path%/*}" "${path##*/}"
if [ -d "$path" ]; then emit failed "look at $path" "it is a folder"; exit 1; fi
[ -e "$path" ] || exit 0
mode=plain; [ -x "$path" ] && mode=executable
text=
[ "$(wc -c < "$path" 2>/dev/null | tr -d ' ')" -le 65536 ] 2>/dev/null && text=$(base64 < "$path" 2>/dev/null | tr -d '\n')
emit file "$(digest "$path")" "$mode" "$text"
