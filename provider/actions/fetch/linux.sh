# Sends the bytes of files, in base64, so that what they are can be read on this side.
#
# $1 greatest size of one in bytes, $2 of all together: what comes after that is for another time. Then the paths.
limit=$1 left=$2
shift 2
for path do
  if ! enter "${path%/*}" || ! may_be_read "$path"; then emit missing "$path"; continue; fi
  if [ "$size" -gt "$limit" ]; then emit large "$path" "$size"; continue; fi
  if [ "$size" -gt "$left" ]; then emit later "$path"; continue; fi
  left=$((left - size))
  largest=$limit
  emit bytes "$path" "$(bytes_of "./${path##*/}" | base64 | tr -d '\n')"
done
emit end
