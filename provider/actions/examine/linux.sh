# Says whether folders could be written, without writing: the nearest folder that exists decides. $1 ... the folders.
#
# It also names the programs that the other scripts need and that are missing here.
for tool in awk base64 dd flock grep head install od readlink sha256sum sort stat sync timeout; do
  command -v "$tool" >/dev/null 2>&1 || emit tool "$tool"
done
for path do
  folder=$path
  while [ ! -d "$folder" ] && [ "$folder" != / ]; do folder=$(dirname -- "$folder"); done
  if ! enter "$folder"; then
    if [ -n "$unsafe" ]; then tell_unsafe "$path"; else emit refused "$path"; fi
  elif as_owner test -w .; then emit writable "$path" "$(df -Pk . | awk 'NR == 2 { print $4 }')"
  else emit refused "$path"
  fi
done
