
for tool in awk base64 flock grep head install od sha256sum sort stat sync timeout; do
  command -v "$tool" >/dev/null 2>&1 || emit tool "$tool"
done
for path do
  dir=$path
  while [ ! -d "$dir" ] && [ "$dir" != / ]; do dir=$(dirname -- "$dir"); done
  if [ -w "$dir" ]; then emit writable "$path" "$(df -Pk -- "$dir" | awk 'NR == 2 { print $4 }')"; else emit refused "$path"; fi
done
