pt_run() {
  pt_n=$1 pt_i=$2 pt_t=$3
  shift 3
  pt_mark begin >&2
  pt_mark begin
  case $pt_i in
    "") eval "($pt_nl:$pt_nl$pt_t$pt_nl) </dev/null" ;;
    *) printf %s "$pt_i" 2>/dev/null | eval "($pt_nl:$pt_nl$pt_t$pt_nl)" ;;
  esac
  pt_s=$?
  pt_mark "end $pt_s" >&2
  pt_mark "end $pt_s"
}
