import type { CredentialInputs, ServerInputs } from "../inputs/server-inputs";
import type { SignatureSummary } from "../package/signature-summary";

/** Properties of a TableauConnector after check: its arguments and what check computed of them. */
export interface ConnectorProperties {
  readonly server: ServerInputs;
  readonly credentials?: CredentialInputs;
  readonly source: string;
  readonly requireSignature?: boolean;
  readonly trustStore?: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly minVersionTableau: string;
  readonly signature: SignatureSummary;
  readonly delivered: Readonly<Record<string, string>>;
  readonly __urn: string;
}

/** What check computes; all of them unknown where the package is not known in a preview. */
export const computedOfConnector = [
  "sha256",
  "fileName",
  "pluginClass",
  "pluginVersion",
  "minVersionTableau",
  "signature",
  "delivered",
] as const;
