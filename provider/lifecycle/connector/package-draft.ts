import type { Draft, Drafts } from "../../schema/field";
import type { packageArguments } from "../../schema/package";
import type { ServerInputs } from "../../schema/server";

/** The package arguments of a resource while they are checked, and whose they are. */
export type PackageDraft = Drafts<typeof packageArguments> & {
  readonly server?: Draft<ServerInputs>;
  readonly urn: string;
};
