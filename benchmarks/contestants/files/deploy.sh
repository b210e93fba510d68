#!/bin/bash
# The careful shell script: one shared connection per node, all nodes in parallel, digests, modes and owners compared by
# one command per node, only what differs copied to a staging folder and installed, one apply or restart at the end.
#
# deploy.sh check|apply; everything else comes by the environment.
set -euo pipefail
mode=$1
control=$(mktemp -d)
results=$(mktemp -d)
ssh_options=(-o BatchMode=yes -o "UserKnownHostsFile=$KNOWN_HOSTS" -o IdentitiesOnly=yes -i "$PRIVATE_KEY"
  -o ControlMaster=auto -o ControlPersist=60 -o "ControlPath=$control/%C")

disconnect() {
  while read -r _ port; do ssh "${ssh_options[@]}" -p "$port" -O exit "$LOGIN@127.0.0.1" 2>/dev/null || true; done < "$NODES"
  rm -rf "$control" "$results"
}
trap disconnect EXIT

on_node() { local port=$1; shift; ssh "${ssh_options[@]}" -p "$port" "$LOGIN@127.0.0.1" "$@"; }

wanted=$(cd "$PACKAGES" && sha256sum -- *.taco | while read -r digest name; do echo "$digest 644 root:root $name"; done)

# Prints the names of packages that differ on a node.
differing() {
  on_node "$1" "mkdir -p .connectors; cd $CONNECTORS 2>/dev/null && sudo -n sh -c 'for f in *.taco; do
    [ -f \"\$f\" ] && echo \"\$(sha256sum < \"\$f\" | cut -c 1-64) \$(stat -c \"%a %U:%G\" \"\$f\") \$f\"; done; :'" </dev/null > "$results/$1.seen" || true
  grep -vxFf "$results/$1.seen" <<< "$wanted" | cut -d ' ' -f 4 || true
}

deploy_node() {
  local port=$1 names paths
  names=$(differing "$port")
  [ -n "$names" ] || return 0
  echo "$names" > "$results/$port.changed"
  [ "$mode" = apply ] || return 0
  mapfile -t paths < <(sed "s|^|$PACKAGES/|" <<< "$names")
  scp -q "${ssh_options[@]}" -P "$port" "${paths[@]}" "$LOGIN@127.0.0.1:.connectors/"
  on_node "$port" "sudo -n sh -c 'install -d -m 0755 $CONNECTORS && install -o root -g root -m 0644 .connectors/*.taco $CONNECTORS/' && rm -rf .connectors" </dev/null
}

read -r _ initial < "$NODES"
pids=()
while read -r _ port; do deploy_node "$port" & pids+=($!); done < "$NODES"
for pid in "${pids[@]}"; do wait "$pid"; done

set_and_apply="$TSM configuration set -k $KEY -v $VALUE --force-keys && $TSM pending-changes apply --ignore-prompt"
changed=$(find "$results" -name '*.changed' | wc -l)
if [ "$mode" = check ]; then
  value=$(on_node "$initial" "$TSM configuration get -k $KEY" </dev/null)
  echo "$changed nodes differ, the key is $value"
  [ "$changed" = 0 ] && [ "$value" = "$VALUE" ]
else
  otherwise=:
  [ "$changed" = 0 ] || otherwise="$TSM restart"
  on_node "$initial" "if [ \"\$($TSM configuration get -k $KEY)\" = $VALUE ]; then $otherwise; else $set_and_apply; fi" </dev/null
fi
