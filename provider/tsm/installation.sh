# Where Tableau Server is installed on this node, and where it keeps its data: both folders can be chosen. Several releases
# lie side by side after upgrades; the one in use is that which tsm's own files of settings name, else the highest.
#
# $root is where the file system begins: empty but in tests.

# The settings that one of tsm's own files makes, one a line, and the tsm on the path it makes. Such a file may print,
# fail or exit: it runs in a shell of its own, and the trap answers all the same.
settings_of() {
  shell=$(command -v bash) || shell='sh'
  # shellcheck disable=SC2016 # that shell expands it
  "$shell" -c '
    trap "printf \"%s\\n\" \"\$TABLEAU_SERVER_CONFIG_NAME\" \"\$TABLEAU_SERVER_DATA_DIR\" \"\$TABLEAU_SERVER_DATA_DIR_VERSION\" \"\$TABLEAU_SERVER_INSTALL_DIR\" \"\$(command -v tsm)\" >&3" EXIT
    . "$1"' settings "$1" 3>&1 >/dev/null 2>&1 </dev/null 4>&-
}
config='' data='' version='' install='' found=''
# shellcheck disable=SC2034 # each script needs some of them
take() { { IFS= read -r config; IFS= read -r data; IFS= read -r version; IFS= read -r install; IFS= read -r found || :; } <<SETTINGS
$1
SETTINGS
}
# each_settings COMMAND...: takes the settings of one file after the other, until the command succeeds with them. A file that
# somebody else could have written would be run with our rights, root's for most: it is left out, and $distrusted says so.
distrusted=''
each_settings() {
  for settings in "$root/etc/profile.d/tableau_server.sh" "$root/etc/opt/tableau/tableau_server/environment.bash"; do
    [ -r "$settings" ] || continue
    # shellcheck disable=SC2034 # not each script tells it
    is_ours_alone "$settings" || { distrusted=" ($settings is not read: others may change it)"; continue; }
    take "$(settings_of "$settings")"
    "$@" && return 0
  done
  take ''
  return 1
}

# find_package HOLDS TSM NAME...: sets $package to the folder of the first of these packages in the release in use, such as
# `repository`; HOLDS FOLDER tells whether a candidate is a whole one. A TSM that the program names is that of the server: only
# where it lies in no folder of packages, as a file of one's own, or is empty, the others are asked. Where there is no such
# package, $searched tells where it was looked for.
find_package() {
  holds=$1 given=$2 searched='' installed=''
  shift 2
  if [ -n "$given" ] && release_of "$given"; then
    searched=$packages
    package_of_release "$@"
    return
  fi
  each_settings package_named "$@" && return 0
  if ! each_settings package_installed "$@"; then
    # What may lie in the usual place belongs to another installation.
    [ -z "$installed" ] || return 1
    newest_package "$root/opt/tableau/tableau_server/packages" "$@" || return 1
  fi
  # Of another release than the settings tell, if they tell of one.
  take ''
}
package_named() {
  packages=${install:-$root/opt/tableau/tableau_server}/packages
  for name do
    package=$packages/$name.$version
    [ -n "$version" ] && "$holds" "$package" && return 0
  done
  case $found in
    /*) package=${found%/*}; "$holds" "$package" || { release_of "$found" && package_of_release "$@"; } ;;
    *) return 1 ;;
  esac
}
package_installed() {
  newest_package "${install:-$root/opt/tableau/tableau_server}/packages" "$@" && return 0
  if [ -d "$packages" ]; then installed=$packages; fi
  return 1
}

# release_of TSM: sets $packages and $release to the folder and the release that a tsm is of; fails where it lies elsewhere.
release_of() {
  program=$(exec readlink -f -- "$1" 2>/dev/null)
  release=${program%/*}
  packages=${release%/*} release=${release##*/}
  case $packages in */packages) ;; *) return 1 ;; esac
  case $release in *.*) release=${release#*.} ;; *) return 1 ;; esac
}
package_of_release() {
  for name do
    package=$packages/$name.$release
    "$holds" "$package" && return 0
  done
  return 1
}

newest_package() {
  packages=$1
  shift
  case " or $searched or " in
    *" or $packages or "*) ;;
    *) searched="${searched:+$searched or }$packages" ;;
  esac
  for name do
    # Numbers, not text: 20241.9 comes before 20241.10, and the first match of a pattern is the oldest release.
    newest=$(
      for package in "$packages/$name".*; do
        "$holds" "$package" || continue
        printf '%s\n' "${package#"$packages/$name."}"
      done | sort -t . -k 1,1n -k 2,2n -k 3,3n -k 4,4n | tail -n 1
    )
    package=$packages/$name.$newest
    [ -n "$newest" ] && return 0
  done
  return 1
}
