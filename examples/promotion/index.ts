import * as pulumi from "@pulumi/pulumi";
import { ConnectorDeployment, type PackageArgs, type TableauServerArgs } from "pulumi-tableau";

type Running = Record<string, { sha256: string; version: string }>;

/** What is to run, by the class in the package's manifest. */
const packages: Record<string, string> = {
  clickhouse_jdbc: "connectors/clickhouse_jdbc.taco",
};

/** Where a package must run before it may come here. A stack without an entry takes any package. */
const stageBefore: Record<string, string | undefined> = { staging: "dev", prod: "staging" };

const before = stageBefore[pulumi.getStack()];
const reference =
  before === undefined ? undefined : new pulumi.StackReference(`${pulumi.getOrganization()}/${pulumi.getProject()}/${before}`);

const deployment = new ConnectorDeployment("connectors", {
  server: new pulumi.Config().requireSecretObject<TableauServerArgs>("server"),
  connectors: Object.fromEntries(Object.entries(packages).map(([pluginClass, source]) => [pluginClass, accept(pluginClass, source)])),
});

/** What runs here, confirmed by an activation: the next stage accepts exactly this. */
export const running = deployment.running;

/** The digest that the stage before runs is known in preview, so any other package is refused there, before a host is touched. */
function accept(pluginClass: string, source: string): PackageArgs {
  if (reference === undefined) return { source };
  const sha256 = reference.getOutput("running").apply((there: Running | undefined) => {
    const one = there?.[pluginClass];
    if (one === undefined) throw new pulumi.RunError(`${before} does not run ${pluginClass}: run \`pulumi up --stack ${before}\` first.`);
    return one.sha256;
  });
  return { source, sha256 };
}
