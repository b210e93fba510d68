# $1 a path, absolute or beginning with "~/".
path=$1
# shellcheck disable=SC2088 # a path of the program
case $path in '~/'*) path=$HOME/${path#'~/'} ;; esac
emit system "$(uname -s)"
emit path "${path%/*}" "${path##*/}"
work_at "${path%/*}" "$path"
