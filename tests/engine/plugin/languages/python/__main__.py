"""A program in Python that wants what wanted.json says, as the programs of the other languages do."""
import json

import pulumi
import pulumi_tableau as tableau

with open("wanted.json", encoding="utf8") as file:
    wanted = json.load(file)
server = wanted["server"]
connectors = [
    tableau.TableauConnector(name, server=server, source=package["source"])
    for name, package in wanted["connectors"].items()
]
config = tableau.TableauServerPluginsConfig(
    "config",
    server=server,
    connectors=[connector.ref for connector in connectors],
    timeouts={"ready": 600},
)
pulumi.export("running", config.running)
