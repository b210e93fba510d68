import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { TableauConnector, TableauServerPluginsConfig, type TableauServerArgs } from "pulumi-tableau";

const config = new pulumi.Config();
const driver = "drivers/clickhouse-jdbc.jar";

// One object for both packages. `@pulumi/command` checks the host key only because it is given here.
const connection = {
  host: config.require("host"),
  port: config.getNumber("port") ?? 22,
  user: config.require("user"),
  hostKey: config.require("hostKey"),
  privateKey: config.requireSecret("privateKey"),
};

const server: TableauServerArgs = { name: "prod", nodes: [{ name: "node1", connection }] };

// On a cluster: one for each node.
const copy = new command.remote.CopyToRemote("driver", {
  connection,
  source: new pulumi.asset.FileAsset(driver),
  // Tableau Server reads JDBC drivers from here on Linux.
  remotePath: "/opt/tableau/tableau_driver/jdbc",
});

const clickhouse = new TableauConnector("clickhouse", { server, source: "connectors/clickhouse_jdbc.taco" });

const plugins = new TableauServerPluginsConfig(
  "plugins",
  {
    server,
    connectors: [clickhouse],
    // A new driver is loaded at the next start, so its change makes a restart due; together with a new connector it is still one.
    restartTriggers: { driver: createHash("sha256").update(readFileSync(driver)).digest("hex") },
  },
  // The driver first, then the restart.
  { dependsOn: [copy] },
);

export const running = plugins.running;
