pt_mark() { printf '\n<<%s %s %s>>\n' pulumi-tableau "$pt_n" "$1"; }
pt_nl='
'
encode() {
  pt_e=$1
  case $1 in
    0[x\|]* | *[!\ -~]*) ;;
    *) return ;;
  esac
  case $1 in
    *[!\ -~"$pt_nl"]* | *\|*) ;;
    # Line by line is quicker up to some size only: each line copies the rest.
    *"$pt_nl"*) if [ "${#1}" -le 16384 ]; then encode_lines "$1"; return; fi ;;
  esac
  pt_e=0x$(printf %s "$1" | od -An -v -tx1 | tr -d ' \n')
}
encode_lines() {
  pt_r=$1 pt_e="0|"
  while :; do
    case $pt_r in
      *"$pt_nl"*) pt_e="$pt_e${pt_r%%"$pt_nl"*}|" pt_r=${pt_r#*"$pt_nl"} ;;
      *) pt_e=$pt_e$pt_r; return ;;
    esac
  done
}
emit() {
  pt_l=
  for pt_f in "$@"; do
    encode "$pt_f"
    pt_l="$pt_l	$pt_e"
  done
  printf '<<%s %s %s>>%s\n' pulumi-tableau "$pt_n" "${#pt_l}" "$pt_l"
}
