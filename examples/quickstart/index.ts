import * as pulumi from "@pulumi/pulumi";
import { ConnectorDeployment, type TableauServerArgs } from "pulumi-tableau";

// What `pulumi-tableau simulate start` printed. It holds a private key, so it is a secret.
const simulator = new pulumi.Config().requireSecretObject<{ server: TableauServerArgs }>("simulator");

const deployment = new ConnectorDeployment("quickstart", {
  server: simulator.server,
  connectors: {
    clickhouse: { source: "connectors/clickhouse_jdbc.taco" },
  },
});

/** What runs, by class: an activation has confirmed it. */
export const running = deployment.running;
