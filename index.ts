import * as pulumi from "@pulumi/pulumi";
import { ConnectorDeployment, type TableauServerArgs } from "pulumi-tableau";

const config = new pulumi.Config();
const simulator = config.requireSecretObject<{ server: TableauServerArgs }>("simulator");

export const { running } = new ConnectorDeployment("local", {
  server: simulator.server,
  connectors: { sample: { source: config.require("package") } },
});
