"""The same job for pyinfra: packages with mode and owner on every node, one key, one apply or restart."""

from pathlib import Path

from pyinfra import host
from pyinfra.facts.server import Command
from pyinfra.operations import files, server

data = host.data
changes = [files.directory(path=data.connectors, user="root", group="root", mode="755", _sudo=True)]
changes += [
    files.put(src=str(package), dest=f"{data.connectors}/{package.name}", user="root", group="root", mode="644", _sudo=True)
    for package in sorted(Path(data.packages).glob("*.taco"))
]

if host.name == data.initial:
    present = host.get_fact(Command, f"{data.tsm} configuration get -k {data.key} || true")
    if (present or "").strip() != data.value:
        server.shell(
            name="Set the key and apply",
            commands=[
                f"{data.tsm} configuration set -k {data.key} -v {data.value} --force-keys",
                f"{data.tsm} pending-changes apply --ignore-prompt",
            ],
        )
    else:
        server.shell(
            name="Restart",
            commands=[f"{data.tsm} restart"],
            _if=lambda: any(change.did_change() for change in changes),
        )
