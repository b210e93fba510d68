import * as pulumi from "@pulumi/pulumi";
import { ConnectorDeployment, type TableauServerArgs } from "pulumi-tableau";

// What `pulumi-tableau simulate start` printed. It holds a private key, so it is a secret.
const simulator = new pulumi.Config().requireSecretObject<{ server: TableauServerArgs }>("simulator");

const deployment = new ConnectorDeployment("under-development", {
  server: simulator.apply(({ server }) => ({
    ...server,
    // Unpacked folders are read only in the folder that the server's path key names.
    placement: "path" as const,
    connectorsDirectory: "/opt/tableau/connectors-under-development",
  })),
  // A folder has no signature. Never do this on a server that people rely on.
  disableVerifyConnectorPluginSignature: true,
  connectors: {
    mine: { source: "my_connector", requireSignature: false },
  },
});

export const running = deployment.running;
