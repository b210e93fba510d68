# Hashes files.
#
# sums BYTES FILE...: sets $sums to what sha256sum prints of the files, a line for each that could be read, in their order.
# BYTES is how many there are in all, or $much where nobody knows and they are many as a rule, as of a driver's .jar. More
# than 16 MB are read by openssl, if the node has it: the sha256sum of Debian and Ubuntu does not use the processor's
# instructions for SHA-256 and takes four times as long, openssl only takes longer to start. Its lines have a `*` before
# the name. Names with a newline or a backslash are left to sha256sum, as is everything where openssl complains.
# See https://docs.openssl.org/3.0/man1/openssl-dgst/
#
# holds SUMS DIGEST NAME: they say so of that file. digest FILE: prints the digest of one.
#
# Only for regular files in folders that are ours (folders.sh). They are read for a limited time, so that no program stays
# behind however a file grows.
much=16777217
# What sha256sum says where nothing could be read.
# shellcheck disable=SC2034 # each script needs some of them
no_bytes=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
sums() {
  bytes=$1 sums=''
  shift
  if [ "$bytes" -ge "$much" ]; then
    case $* in
      *\\* | *"$line_end"*) ;;
      *) sums=$(exec timeout 300 openssl dgst -sha256 -r "$@" 2>/dev/null) && return ;;
    esac
  fi
  # shellcheck disable=SC2034 # for the caller
  sums=$(exec timeout 300 sha256sum -- "$@" 2>/dev/null)
}
holds() { case "$line_end$1$line_end" in *"$line_end$2 "[\ *]"$3$line_end"*) return 0 ;; esac; return 1; }
digest() { sum=$(exec timeout 300 sha256sum < "$1" 2>/dev/null); printf %s "${sum%% *}"; }
