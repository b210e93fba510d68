"""Runs __main__.py of this folder with Pulumi's engine, as the language host of Python does it.

https://github.com/pulumi/pulumi/blob/master/sdk/python/cmd/pulumi-language-python-exec
"""
import asyncio
import os
import runpy

import pulumi
import pulumi.runtime

pulumi.runtime.configure(
    pulumi.runtime.Settings(
        monitor=os.environ["PULUMI_MONITOR"],
        engine=os.environ["PULUMI_ENGINE"],
        project=os.environ["PULUMI_PROJECT"],
        stack=os.environ["PULUMI_STACK"],
        organization=os.environ["PULUMI_ORGANIZATION"],
        parallel=int(os.environ["PULUMI_PARALLEL"]),
        dry_run=os.environ["PULUMI_DRY_RUN"] == "true",
    )
)


async def run():
    await pulumi.runtime.run_in_stack(lambda: runpy.run_path("__main__.py", run_name="__main__"))


asyncio.run(run())
