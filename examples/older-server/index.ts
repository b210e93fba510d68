import * as pulumi from "@pulumi/pulumi";
import { ConnectorDeployment, type TableauServerArgs } from "pulumi-tableau";

// What `pulumi-tableau simulate start` printed. It holds a private key, so it is a secret.
const simulator = new pulumi.Config().requireSecretObject<{ server: TableauServerArgs }>("simulator");

const deployment = new ConnectorDeployment("older-server", {
  server: simulator.apply(({ server }) => ({
    ...server,
    version: "2021.1",
    // Before 2021.2 there is no folder that every process reads. Without this line the path key is set, which is enough
    // where no flows need the connector: the processes of Prep do not read what it names.
    placement: "perProcess" as const,
  })),
  connectors: {
    clickhouse: { source: "connectors/clickhouse_jdbc.taco" },
  },
  // Goes live with the connector, in the same restart.
  drivers: {
    clickhouse: { source: "drivers/clickhouse-jdbc.jar" },
  },
});

export const running = deployment.running;
