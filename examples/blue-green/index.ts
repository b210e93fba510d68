import * as pulumi from "@pulumi/pulumi";
import { ConnectorDeployment, type TableauServerArgs } from "pulumi-tableau";

type Running = Record<string, { sha256: string; version: string }>;

/** What both servers run, by the class in the package's manifest. */
const packages: Record<string, string> = {
  clickhouse_jdbc: "connectors/clickhouse_jdbc.taco",
};

/** The stack of the server that people work on. Change it when they have moved to the other one. */
const live = "blue";

export = async () => {
  const running = pulumi.getStack() === live ? undefined : await runningAt(live);

  const deployment = new ConnectorDeployment("connectors", {
    server: new pulumi.Config().requireSecretObject<TableauServerArgs>("server"),
    connectors: Object.fromEntries(
      Object.entries(packages).map(([pluginClass, source]) => {
        if (running === undefined) return [pluginClass, { source }];
        const there = running[pluginClass];
        if (there === undefined) throw new pulumi.RunError(`${live} does not run ${pluginClass}: run \`pulumi up --stack ${live}\` first.`);
        // The idle server gets the very bytes that people work with; any other package is refused in preview.
        return [pluginClass, { source, sha256: there.sha256 }];
      }),
    ),
  });

  /** What runs here, confirmed by an activation. */
  return { running: deployment.running };
};

async function runningAt(stack: string): Promise<Running> {
  const reference = new pulumi.StackReference(`${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`);
  const { value } = await reference.getOutputDetails("running");
  return (value as Running | undefined) ?? {};
}
