import type { CredentialInputs, ServerInputs } from "../inputs/server-inputs";

/** Properties of a TableauDriver after check: its arguments and what check computed of them. */
export interface DriverProperties {
  readonly server: ServerInputs;
  readonly credentials?: CredentialInputs;
  readonly source: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly delivered: Readonly<Record<string, string>>;
  readonly __urn: string;
}

/** What check computes; all of them unknown where the file is not known in a preview. */
export const computedOfDriver = ["sha256", "fileName", "delivered"] as const;
