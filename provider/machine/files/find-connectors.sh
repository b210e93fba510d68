# Finds the folder that a product reads connectors from.
#
# $1 product, $2 the repository that the program names ("": find it), $3 the file's name.
#
# A repository that was made under another language has another name: it is known by its Preferences.tps.
product=$1 repository=$2 name=$3
system=$(uname -s)
emit system "$system"
case $product in
  desktop) wanted="My Tableau Repository" apps="Tableau Desktop" ;;
  prep) wanted="My Tableau Prep Repository" apps="Tableau Prep" ;;
  bridge) wanted=My_Tableau_Bridge_Repository apps='' ;;
esac
set -- "$HOME/Documents"
if [ "$product" = bridge ]; then set -- "$@" /home/tableau/Documents /root/Documents; fi

found=''
take() {
  [ -d "$1" ] && [ "$1" != "$found" ] || return 0
  if [ -z "$found" ]; then found=$1; else emit other "$1"; fi
}
# shellcheck disable=SC2088 # a path of the program
case $repository in
  '~/'*) found=$HOME/${repository#'~/'} ;;
  ?*) found=$repository ;;
  *)
    for documents do take "$documents/$wanted"; done
    for documents do take "$documents/${wanted}_Beta"; take "$documents/$wanted (Beta)"; done
    if [ -z "$found" ] && [ "$product" = desktop ]; then
      for tps in "$1"/*/Preferences.tps; do if [ -f "$tps" ]; then take "${tps%/*}"; fi; done
    fi
    [ -n "$found" ] || found=$1/$wanted
    ;;
esac
folder=$found/Connectors
emit folder "$folder"
work_at "$folder" "$product" "$folder" "$name" "$system" "$apps"
