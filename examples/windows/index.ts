import * as pulumi from "@pulumi/pulumi";
import { ConnectorDeployment, type TableauServerArgs } from "pulumi-tableau";

// What `pulumi-tableau simulate start` printed. It holds a private key, so it is a secret.
const simulator = new pulumi.Config().requireSecretObject<{ server: TableauServerArgs }>("simulator");

const deployment = new ConnectorDeployment("windows", {
  server: simulator.apply(({ server }) => ({
    ...server,
    // Decides the default folders; a node that has another system is refused.
    platform: "windows" as const,
    version: "2024.2",
    // Any folder that is the same on every node, on the drive of Tableau Server. Without this line the shared one of
    // Tableau, C:\Program Files\Tableau\Connectors, which needs no key.
    connectorsDirectory: "C:\\Tableau Connectors",
  })),
  connectors: {
    clickhouse: { source: "connectors/clickhouse_jdbc.taco" },
  },
});

export const running = deployment.running;
