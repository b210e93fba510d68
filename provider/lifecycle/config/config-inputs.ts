import { activationArguments } from "../../vocabulary/activation-arguments";
import { connectPluginsPathKey, disableVerifyKey, type KeyName } from "../../vocabulary/keys";
import type { Activation } from "../../plan/record/record";
import type { Remembered } from "../../plan/record/remembered";
import type { RestartWindow } from "../../plan/restart-window";
import type { Live } from "../../plan/compare/live";
import type { CredentialInputs, ServerInputs } from "../inputs/server-inputs";
import type { TimeoutInputs } from "../inputs/to-target";
import type { SignatureSummary } from "../package/signature-summary";

export type { Activation };

/** A connector as the config lists it. */
export interface ConnectorRefInputs {
  readonly fileName: string;
  readonly sha256: string;
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly minVersionTableau: string;
  readonly signature: SignatureSummary;
}

/** A driver as the config lists it. */
export interface DriverRefInputs {
  readonly fileName: string;
  readonly sha256: string;
}

/** Inputs of a TableauServerPluginsConfig after check. */
export interface ConfigInputs {
  readonly server: ServerInputs;
  readonly credentials?: CredentialInputs;
  readonly connectors: readonly ConnectorRefInputs[];
  readonly drivers?: readonly DriverRefInputs[];
  readonly connectPluginsPath?: string;
  readonly disableVerifyConnectorPluginSignature?: boolean;
  readonly activation?: "now" | "hold";
  readonly restartWindow?: RestartWindow;
  readonly foreignPendingChanges?: "refuse" | "apply" | "discard";
  readonly unlistedConnectors?: "keep" | "retire";
  readonly overwriteUnmanaged?: boolean;
  readonly acceptBreaking?: readonly string[];
  readonly restartTriggers?: unknown;
  readonly takeOver?: boolean;
  readonly rollback?: boolean;
  readonly timeouts?: TimeoutInputs;
  /** Computed: per node and file the digest; after a refresh what is really there. */
  readonly live: Live;
  /** Computed: `current`; after a refresh `restart due since ...` while one is due. */
  readonly loaded: string;
  /** Computed: the nodes' names; after a refresh what the cluster says. */
  readonly topology: readonly string[];
  readonly __urn: string;
}

/** What of a state is an input. */
export const inputNames: readonly (keyof ConfigInputs | "__provider")[] = [
  "server",
  "credentials",
  "connectors",
  "drivers",
  ...activationArguments,
  "live",
  "loaded",
  "topology",
  "__urn",
  "__provider",
];

/** Applied values of the two keys; null: not set. */
export interface AppliedKeys {
  /** `native_api.connect_plugins_path`. */
  readonly connectPluginsPath: string | null;
  /** `native_api.disable_verify_connector_plugin_signature`. */
  readonly disableVerifyConnectorPluginSignature: string | null;
}

/** What the program calls a key. */
export const argumentNames = {
  [connectPluginsPathKey]: "connectPluginsPath",
  [disableVerifyKey]: "disableVerifyConnectorPluginSignature",
} as const satisfies Record<KeyName, keyof AppliedKeys>;

/** A connector that an activation has confirmed. */
export interface RunningConnector {
  /** Digest of its package. */
  readonly sha256: string;
  /** `plugin-version` of its manifest. */
  readonly version: string;
}

/** What an operation adds to the inputs. */
export interface ConfigOutputs {
  /** Applied values of the two keys; null: not set. */
  readonly applied: AppliedKeys;
  /** Class to digest and version, of what an activation has confirmed. */
  readonly running: Readonly<Record<string, RunningConnector>>;
  /** What an activation would do now, in words; null: nothing is due. */
  readonly activationDue: string | null;
  readonly serverStatus: string;
  readonly tableauVersion: string;
  readonly lastActivation: Activation | null;
  /** Packages in the connectors directory that the program does not list, as `node/file`. */
  readonly unlisted: readonly string[];
  /** Proves that this resource, and no later one, owns the server's record; absent: a create failed before it was written there. */
  readonly ownerToken?: string;
  /** What the server's record holds and nobody could find out again; null: nothing of ours. Absent in states of 0.1.0. */
  readonly remembered?: Remembered | null;
}

export type ConfigProperties = ConfigInputs & ConfigOutputs;
