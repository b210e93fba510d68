
line_end='
'
much=16777217
sums() {
  bytes=$1; shift; sums=
  if [ "$bytes" -ge "$much" ]; then
    case $* in
      *\\* | *"$line_end"*) ;;
      *) sums=$(exec openssl dgst -sha256 -r "$@" 2>/dev/null) && return ;;
    esac
  fi
  sums=$(exec sha256sum -- "$@" 2>/dev/null)
}
holds() { case "$line_end$1$line_end" in *"$line_end$2 "[\ *]"$3$line_end"*) return 0 ;; esac; return 1; }
digest() { sum=$(exec sha256sum < "$1" 2>/dev/null); printf %s "${sum%% *}"; }
