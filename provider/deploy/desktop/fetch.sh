# Sends the bytes of files, in base64, so that what they are can be read on this side.
#
# GNU, busybox and BSD programs alike. $1 greatest size in bytes, then the paths.
limit=$1; shift
for f do
  if [ ! -f "$f" ]; then emit missing "$f"; continue; fi
  size=$(wc -c 2>/dev/null < "$f") || { emit missing "$f"; continue; }
  if [ $((size)) -gt "$limit" ]; then emit large "$f" $((size)); continue; fi
  emit bytes "$f" "$(base64 2>/dev/null < "$f" | tr -d '\n')"
done
emit end
