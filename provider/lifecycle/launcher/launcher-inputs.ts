import type { MachineInputs } from "../machine/desktop-inputs";
import type { CredentialInputs } from "../inputs/server-inputs";

/** Properties of a TableauDesktopLauncher after check: its arguments and what check computed of them. */
export interface LauncherProperties {
  readonly machine: MachineInputs;
  readonly credentials?: CredentialInputs;
  readonly path: string;
  readonly executable?: string;
  readonly connectPluginsPath?: string;
  readonly disableVerifyConnectorPluginSignature?: boolean;
  readonly overwriteUnmanaged?: boolean;
  readonly content: string;
  /** Digest of the content; after a refresh what is really there. */
  readonly placed: string;
  readonly __urn: string;
}

/** What an operation adds: where the file is. */
export interface LauncherOutputs extends LauncherProperties {
  readonly folder: string;
  readonly fileName: string;
  readonly file: string;
  /** Digest of what was placed, whatever a refresh has found since. */
  readonly ownDigest: string;
}
