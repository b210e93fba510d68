# Finds the folder that a product reads its JDBC drivers from.
#
# $1 product, $2 the folder that the program names ("": that of the system), $3 the file's name.
# See https://help.tableau.com/current/pro/desktop/en-us/examples_otherdatabases_jdbc.htm
product=$1 folder=${2%/} name=$3
system=$(uname -s)
emit system "$system"
# shellcheck disable=SC2088 # a path of the program
case $folder in
  '~/'*) folder=$HOME/${folder#'~/'} ;;
  ?*) ;;
  *) if [ "$system" = Darwin ]; then folder=$HOME/Library/Tableau/Drivers; else folder=/opt/tableau/tableau_driver/jdbc; fi ;;
esac
emit folder "$folder"
work_at "$folder" "$product" "$folder" "$name" "$system"
