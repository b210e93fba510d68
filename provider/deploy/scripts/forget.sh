
words=$(rm -f -- "$1/record.json" "$1/restart-required" 2>&1) || { emit failed "remove the record" "$words"; exit 1; }
emit end
