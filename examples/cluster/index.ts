import * as pulumi from "@pulumi/pulumi";
import { ConnectorDeployment, type NodeConnectionArgs, type TableauServerArgs } from "pulumi-tableau";

interface NodeConfig {
  /** As `tsm topology list-nodes` prints it. */
  name: string;
  host: string;
  port?: number;
  /** A line such as "ssh-ed25519 AAAA…"; without one your known_hosts must know the host. */
  hostKey?: string;
}

const config = new pulumi.Config();
const user = config.require("user");

// Without a key file: the SSH agent. A key named by its path is read when a connection opens and never enters the state.
const privateKeyPath = config.get("privateKeyPath") || undefined;

const server: TableauServerArgs = {
  name: config.require("server"),
  nodes: config.requireObject<NodeConfig[]>("nodes").map(({ name, ...address }) => {
    const connection: NodeConnectionArgs = { ...address, user, privateKeyPath };
    return { name, connection };
  }),
};

const deployment = new ConnectorDeployment("connectors", {
  server,
  connectors: {
    clickhouse: { source: "connectors/clickhouse_jdbc.taco" },
    duckdb: { source: "connectors/duckdb_jdbc.taco" },
  },
  // `pulumi config set activation hold` delivers now and leaves the restart to a later `up` with "now".
  activation: (config.get("activation") ?? "now") as "now" | "hold",
});

export const running = deployment.running;
export const activationDue = deployment.config.activationDue;
