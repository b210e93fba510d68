import type { Placement } from "../../plan/placement/placement";

/** The public part of a server, as it stands in state: readable in every diff. */
export interface ServerInputs {
  readonly name: string;
  readonly nodes: readonly NodeInputs[];
  /** Default: "linux". */
  readonly platform?: "linux" | "windows";
  readonly version?: string;
  readonly placement?: Exclude<Placement, "automatic">;
  readonly connectorsDirectory?: string;
  readonly driversDirectory?: string;
  readonly stateDirectory?: string;
  readonly privilege?: "sudo" | "none";
  readonly tsm?: { readonly username?: string; readonly path?: string; readonly requestTimeoutSeconds?: number };
  readonly allowPartialCluster?: boolean;
}

export interface NodeInputs extends Partial<EndpointInputs> {
  readonly name: string;
  readonly proxy?: EndpointInputs;
}

/** Without a host the node is the machine that runs the program. */
export interface EndpointInputs {
  readonly host: string;
  readonly port?: number;
  readonly user?: string;
}

/** The secret part of a server, always a secret in state. */
export interface CredentialInputs {
  /** By node. */
  readonly nodes?: Readonly<Record<string, NodeCredentials>>;
  readonly tsmPassword?: string;
}

export interface EndpointCredentials {
  readonly password?: string;
  readonly privateKey?: string;
  readonly privateKeyPath?: string;
  readonly privateKeyPassword?: string;
  readonly agentSocketPath?: string;
  readonly hostKey?: string;
  readonly dialErrorLimit?: number;
  readonly perDialTimeout?: number;
}

export interface NodeCredentials extends EndpointCredentials {
  readonly proxy?: EndpointCredentials;
}
