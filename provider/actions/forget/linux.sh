# Removes the record of a server that has nothing of ours any more. The store stays: from it everything can come back.
#
# $1 state directory.
own_folders "$1"
words=$(rm -f -- "$1/record.json" "$1/restart-required" 2>&1) || { emit failed "remove the record" "$words"; exit 1; }
emit end
