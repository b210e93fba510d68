# Sends the bytes of files, in base64, so that what they are can be read on this side.
#
# $1 greatest size of one in bytes, $2 of all together: what comes after that is for another time. Then the paths.
limit=$1 left=$2
shift 2
for path do
  f=./${path##*/}
  if ! enter "${path%/*}"; then emit missing "$path"; continue; fi
  if [ -h "$f" ] && [ -z "$owner_id" ]; then
    way "$path"
    if [ -n "$theirs$unsafe" ]; then emit missing "$path"; continue; fi
  fi
  # A file of somebody else with another name elsewhere may be one that this user could not read.
  case $(exec stat -c '%h %F' -- "$f" 2>/dev/null) in
    '1 regular '*) ;;
    *) if [ -n "$owner_id" ] || [ ! -f "$f" ]; then emit missing "$path"; continue; fi ;;
  esac
  size=$(exec stat -L -c %s -- "$f")
  if [ "$size" -gt "$limit" ]; then emit large "$path" "$size"; continue; fi
  if [ "$size" -gt "$left" ]; then emit later "$path"; continue; fi
  left=$((left - size))
  largest=$limit
  emit bytes "$path" "$(bytes_of "$f" | base64 | tr -d '\n')"
done
emit end
