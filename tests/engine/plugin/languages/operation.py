"""One operation of the engine with an inline Python program, as tests/engine/support/operation.ts does it for TypeScript.

The request comes on standard input, since it may hold secrets; the outcome goes to the file that the request names.
"""
import json
import os
import re
import sys

import pulumi
import pulumi.automation as auto
import pulumi_tableau as tableau


def program():
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


def perform(request):
    stack = auto.create_or_select_stack(
        stack_name=request["stack"],
        project_name=request["project"],
        program=program,
        opts=auto.LocalWorkspaceOptions(work_dir=os.getcwd()),
    )
    operation = {"up": stack.up, "preview": stack.preview, "destroy": stack.destroy}[request["operation"]]
    options = {"on_output": lambda text: print(text, flush=True), "color": "never"}
    if request.get("expectNoChanges"):
        options["expect_no_changes"] = True
    if request.get("diff"):
        options["diff"] = True
    result = operation(**options)
    outputs = {name: value.value for name, value in getattr(result, "outputs", {}).items()}
    return {"exitCode": 0, "outputs": outputs}


def main():
    request = json.load(sys.stdin)
    try:
        outcome = perform(request)
    except auto.CommandError as error:
        code = re.search(r"code: (\d+)", str(error))
        outcome = {"exitCode": int(code.group(1)) if code else 255, "outputs": {}}
        print(error, file=sys.stderr)
    with open(request["outcomeFile"], "w", encoding="utf8") as file:
        json.dump(outcome, file)


main()
