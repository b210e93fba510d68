LC_ALL=C
export LC_ALL
umask 022
unset CDPATH IFS
PATH="${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
export PATH
cd /
