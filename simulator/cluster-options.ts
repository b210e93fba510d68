import type { VerifyPackage } from "./connectors/load-folders";
import type { Account } from "./controller/logins";
import type { Login } from "./nodes/accounts";
import type { Platform } from "./nodes/any-node";
import type { Transport } from "./nodes/node";
import type { Switches } from "./switches";

export interface ClusterOptions {
  /** The folder where everything lives. It survives a stop, and a new start goes on from it. */
  readonly directory: string;
  /** How many nodes: node1, node2, ... Default 3; with the transport "local" 1, and no more. */
  readonly nodes?: number;
  /** Release of Tableau Server. Default "2024.2". */
  readonly version?: string;
  /** The system of the nodes. Default "linux". Windows nodes need nothing of this machine; their transport is "builtin", their login an administrator's. */
  readonly platform?: Platform;
  /** Default "root". Only "root" where this process is not root. */
  readonly login?: Login;
  /** Folder that Tableau Server is installed in. Default "/opt/tableau/tableau_server", on Windows "C:/Program Files/Tableau/Tableau Server". */
  readonly installationDirectory?: string;
  /** Folder of its data. Default "/var/opt/tableau/tableau_server", on Windows "C:/ProgramData/Tableau/Tableau Server". */
  readonly dataDirectory?: string;
  /** Default: "openssh" where sshd is installed and this process is root, else "builtin"; "local" where namespaces are not allowed. */
  readonly transport?: Transport;
  readonly switches?: Partial<Switches>;
  /** Whether the server runs at the first start. Default true. */
  readonly running?: boolean;
  /** What the server is called in `cluster.server`. Default "simulated". */
  readonly name?: string;
  /** The account that tsm accepts with a password. */
  readonly account?: Account;
  /** How long a job takes, in milliseconds. Default 50. */
  readonly jobMilliseconds?: number;
  /** The trust store that each node's JRE has. Default: one that holds the authority that `makeTaco` signs by, and no other. */
  readonly cacerts?: Buffer;
  /** Judges a package that has signature files. Default: it is taken as good. */
  readonly verifyPackage?: VerifyPackage;
}

export const defaultAccount: Account = { username: "admin", password: "tableau-admin" };
