import type { types } from "@pulumi/command";
import type * as pulumi from "@pulumi/pulumi";

/** A Tableau Server, as its resources share it: one plain object for all of them. */
export interface TableauServerArgs {
  /** What people call the server, such as "prod". A label: it may change at any time, and nothing is replaced. */
  name: pulumi.Input<string>;
  /**
   * Every node of the cluster, under the names that `tsm topology list-nodes` prints. The first is the initial node,
   * where tsm runs.
   */
  nodes: pulumi.Input<pulumi.Input<NodeArgs>[]>;
  /**
   * Release of the server, such as "2024.2": then a preview already refuses a connector that this release would not
   * load. Default: asked with `tsm version` when the server is reached.
   */
  version?: pulumi.Input<string>;
  /**
   * Which system the nodes have; it decides defaults of others. A node that turns out to have the other one is refused.
   * For "windows" see docs/hosts.md; paths may have either slash there, and capitals do not matter. Default: "linux".
   */
  platform?: pulumi.Input<"linux" | "windows">;
  /**
   * How connectors reach the server's processes: "shared", the one folder that all of them read by themselves (2021.2
   * and later); "path", one folder that the server's path key names, which Prep flows do not read; "perProcess", the own
   * folders of VizQL Server and of Prep's processes on each node (2019.4 and later). A change retires the old place in
   * the same restart. Default: one folder, `connectorsDirectory`, and the path key only where this release does not read
   * it by itself.
   */
  placement?: pulumi.Input<"shared" | "perProcess" | "path">;
  /**
   * Folder on every node that connectors are placed in, unless `placement` says otherwise. Default:
   * `/opt/tableau/connectors`, which Tableau Server reads by itself from 2021.2 on; for another folder, or an older
   * release, the server's path key is set to it.
   */
  connectorsDirectory?: pulumi.Input<string>;
  /** Folder on every node that JDBC drivers are placed in. Default: `/opt/tableau/tableau_driver/jdbc`, where Tableau Server looks. */
  driversDirectory?: pulumi.Input<string>;
  /**
   * Folder for the store, the lock and the record of this package. It must be the same in every program that works on
   * this server. Default: `/var/opt/pulumi-tableau`, on Windows `C:\ProgramData\pulumi-tableau`.
   */
  stateDirectory?: pulumi.Input<string>;
  /** How files are written: through `sudo -n`, or as the login user. Default: "sudo" where the login user is not root. */
  privilege?: pulumi.Input<"sudo" | "none">;
  /** How tsm is called on the initial node. Default: as the login user, without a password. */
  tsm?: pulumi.Input<TsmArgs>;
  /** Accept that `nodes` is not the whole cluster, which else must be what tsm says. Default: false. */
  allowPartialCluster?: pulumi.Input<boolean>;
}

/** How tsm is called. */
export interface TsmArgs {
  /** Account for `tsm login`. Default: none, the login user is in the group `tsmadmin` (Tableau Server 2019.2 and later). */
  username?: pulumi.Input<string>;
  /** Its password, always a secret; it reaches tsm on standard input only. Default: none. */
  password?: pulumi.Input<string>;
  /** Path of the tsm program. Default: found by the profile of Tableau Server. */
  path?: pulumi.Input<string>;
  /** `--request-timeout` of apply and restart, in seconds. Default: `timeouts.restart` of the config (1800). */
  requestTimeoutSeconds?: pulumi.Input<number>;
}

/** One node of a cluster. */
export interface NodeArgs {
  /** The node's name as `tsm topology list-nodes` prints it, such as "node1". */
  name: pulumi.Input<string>;
  /** How to reach it over SSH. Default: none, the node is the machine that runs the program. */
  connection?: pulumi.Input<NodeConnectionArgs>;
}

/**
 * The connection of `@pulumi/command`, so that one object serves both packages, with two differences: `user` has no
 * default, and the host key is always checked (by `hostKey`, else by the user's `known_hosts`).
 */
export type NodeConnectionArgs = types.input.remote.ConnectionArgs & {
  /** Path of a private key file, read when the connection opens: so the key never enters the state. Default: none. */
  privateKeyPath?: pulumi.Input<string>;
};
