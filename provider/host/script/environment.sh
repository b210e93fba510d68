# Every script starts from the same state, whatever the login exports, sudo keeps or sh is.
# An exported SHELLOPTS may have set any of these in bash: xtrace and verbose would print secrets, allexport would hand
# them to every program.
{ set +aCefuvx; } 2>/dev/null
# bash keeps that variable in step with its options; another shell would hand it on as it is, to tsm for one.
# shellcheck disable=SC3028,SC3040 # they are of bash
case ${BASH_VERSION-}:${SHELLOPTS-} in
  :*) unset SHELLOPTS BASHOPTS ;;
  *pipefail*) set +o pipefail ;;
esac
LC_ALL=C
export LC_ALL
# A login umask of 077 survives sudo.
umask 022
unset BASH_ENV ENV CDPATH IFS GREP_OPTIONS GREP_COLORS BLOCK_SIZE BLOCKSIZE QUOTING_STYLE TIME_STYLE TAR_OPTIONS
# Only whole paths: a script works in folders of others, and must start no program that lies there. PATH of a session
# without a profile lacks sbin.
pt_path='' IFS=:
set -f
for pt_folder in ${PATH-}; do
  case $pt_folder in /*) pt_path=$pt_path$pt_folder: ;; esac
done
set +f
unset IFS
PATH="$pt_path/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
export PATH
cd /
