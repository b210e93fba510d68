import * as pulumi from "@pulumi/pulumi";
import { ConnectorDeployment, type TableauServerArgs } from "pulumi-tableau";

type Running = Record<string, { sha256: string; version: string }>;

/** What is to run, by the class in the package's manifest. */
const packages: Record<string, string> = {
  clickhouse_jdbc: "connectors/clickhouse_jdbc.taco",
};

/** Where a package must run before it may come here. A stack without an entry takes any package. */
const stageBefore: Record<string, string | undefined> = { staging: "dev", prod: "staging" };

export = async () => {
  const before = stageBefore[pulumi.getStack()];
  const approved = before === undefined ? undefined : await runningAt(before);

  const deployment = new ConnectorDeployment("connectors", {
    server: new pulumi.Config().requireSecretObject<TableauServerArgs>("server"),
    connectors: Object.fromEntries(
      Object.entries(packages).map(([pluginClass, source]) => {
        if (approved === undefined) return [pluginClass, { source }];
        const there = approved[pluginClass];
        if (there === undefined)
          throw new pulumi.RunError(`${before} does not run ${pluginClass}: run \`pulumi up --stack ${before}\` first.`);
        // The digest is known in preview, so any other package is refused there, before a host is touched.
        return [pluginClass, { source, sha256: there.sha256 }];
      }),
    ),
  });

  /** What runs here, confirmed by an activation: the next stage accepts exactly this. */
  return { running: deployment.running };
};

async function runningAt(stack: string): Promise<Running> {
  const reference = new pulumi.StackReference(`${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`);
  const { value } = await reference.getOutputDetails("running");
  return (value as Running | undefined) ?? {};
}
