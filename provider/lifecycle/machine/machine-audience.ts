import { products, type ProductName } from "../../machine/plan/products";
import { knownNode, type Audience } from "../connector/audience";
import { releaseIn } from "../inputs/release";
import type { NodeInputs } from "../inputs/server-inputs";
import type { Services } from "../services";
import { isUnknown } from "../../schema/unknown";
import type { MachineInputs } from "./desktop-inputs";

/** The program on the machine that `machine` describes, which may be unknown or wrong in part. */
export function machineAudience(services: Services, machine: unknown): Audience {
  const value = (isUnknown(machine) ? {} : (machine ?? {})) as Partial<MachineInputs>;
  const { title, verifiesFrom } = products[productOf(value)];
  const known = typeof value.name === "string" ? knownNode(trustHolder(value as MachineInputs)) : null;
  const givenRelease = releaseIn(value.version);
  return {
    product: title,
    subject: title,
    givenRelease,
    releaseProperty: "machine.version",
    release: givenRelease ?? (typeof value.version !== "string" && known !== null ? services.trust.release(known) : null),
    verifiesFrom,
    trustCopy: known === null ? null : services.trust.path(known),
    unpackedHint: "An unpacked connector is loaded only by a start with `connectPluginsPath`: see TableauDesktopLauncher",
    trustHints: { first: "`trustStore` may name a file to judge by", again: "every `up` compares it" },
  };
}

/** The product of a machine; what is wrong or not known yet counts as the default. */
export function productOf({ product }: { readonly product?: unknown }): ProductName {
  return typeof product === "string" && Object.hasOwn(products, product) ? (product as ProductName) : "desktop";
}

/** Whose trust store it is, in the cache: each product on a machine brings its own. */
export function trustHolder(machine: MachineInputs): NodeInputs {
  const { name, host, port } = machine;
  return { name: `${productOf(machine)} ${name}`, ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
}
