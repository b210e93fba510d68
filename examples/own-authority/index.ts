import * as pulumi from "@pulumi/pulumi";
import { ConnectorDeployment, type TableauServerArgs } from "pulumi-tableau";

// What `pulumi-tableau simulate start` printed. It holds a private key, so it is a secret.
const simulator = new pulumi.Config().requireSecretObject<{ server: TableauServerArgs }>("simulator");

const deployment = new ConnectorDeployment("own-authority", {
  server: simulator.apply(({ server }) => server),
  connectors: {
    sales: { source: "connectors/sales.taco" },
  },
  // Every Java of the server trusts it, for the TLS of JDBC drivers too: give your authority name constraints.
  trust: {
    authority: { certificate: "certificates/authority.pem", alias: "corporate ca" },
  },
});

export const running = deployment.running;
// Empty where every node, and every release that lies there, trusts it.
export const notTrusted = deployment.config.trusted;
