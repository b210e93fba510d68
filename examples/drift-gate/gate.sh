#!/bin/sh
# Exit status: 0 the server is what the program says, 7 it differs, anything else: it could not be looked at.
pulumi preview --refresh --expect-no-changes --non-interactive --stack "$1"
status=$?
case $status in
  0) echo "No drift." ;;
  7) echo "Drift: the lines above say what differs. \`pulumi up --refresh\` repairs it, with one restart at most." ;;
  *) echo "The gate could not look (exit status $status). This is not a statement about drift." ;;
esac
exit $status
