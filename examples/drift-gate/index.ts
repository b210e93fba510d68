import * as pulumi from "@pulumi/pulumi";
import { ConnectorDeployment, type TableauServerArgs } from "pulumi-tableau";

const deployment = new ConnectorDeployment("connectors", {
  server: new pulumi.Config().requireSecretObject<TableauServerArgs>("server"),
  connectors: {
    clickhouse: { source: "connectors/clickhouse_jdbc.taco" },
  },
  // A package in the folder that nobody listed is a difference too.
  unlistedConnectors: "retire",
});

export const running = deployment.running;
