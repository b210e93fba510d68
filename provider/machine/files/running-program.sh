# Tells whether the program of $product runs, on $system.
# comm is the whole path of the program on macOS; nothing here matches the text of this script.
if [ "$system" = Darwin ]; then names=$(ps -axo comm= 2>/dev/null); else names=$(cat /proc/[0-9]*/comm 2>/dev/null); fi
case "$product
$names" in
  desktop*"/Tableau Desktop"*".app/Contents/MacOS/Tableau"*) emit running ;;
  prep*"/Tableau Prep"*".app/Contents/MacOS/Tableau Prep"*) emit running ;;
  bridge*TabBridgeClient*) emit running ;;
esac
