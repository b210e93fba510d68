import type { PlatformName, ProductName } from "../../machine/plan/products";
import type { CredentialInputs, NodeInputs } from "../inputs/server-inputs";
import type { SignatureSummary } from "../package/signature-summary";

/** The public part of a machine, as it stands in state. */
export interface MachineInputs extends NodeInputs {
  readonly product?: ProductName;
  readonly repository?: string;
  readonly driversDirectory?: string;
  readonly version?: string;
  readonly platform?: PlatformName;
}

/** Properties that every file on a machine has after check: arguments of its resource and what check computed of them. */
export interface OnMachineProperties {
  readonly machine: MachineInputs;
  readonly credentials?: CredentialInputs;
  readonly source: string;
  readonly overwriteUnmanaged?: boolean;
  readonly sha256: string;
  readonly fileName: string;
  /** The digest; after a refresh what is really there. */
  readonly placed: string;
  /** The program that has to be started again. */
  readonly relaunch: string;
  readonly __urn: string;
}

/** What an operation adds: where the file is, and the token of the note beside it. */
export interface OnMachineOutputs extends OnMachineProperties {
  readonly folder: string;
  readonly ownerToken: string;
}

/** Properties of a TableauDesktopConnector after check. */
export interface DesktopProperties extends OnMachineProperties {
  readonly requireSignature?: boolean;
  readonly trustStore?: string;
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly minVersionTableau: string;
  readonly signature: SignatureSummary;
}

export type DesktopOutputs = DesktopProperties & OnMachineOutputs;
