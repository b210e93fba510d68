import { products, type ProductName } from "../../machine/plan/products";
import type { Draft } from "../../schema/field";
import { machineInputs, type MachineInputs } from "../../schema/machine";
import { ifKnown } from "../../schema/read";
import { releaseIn } from "../../schema/rules";
import type { NodeInputs } from "../../schema/server";
import { isUnknown } from "../../schema/unknown";
import type { Audience } from "../connector/audience";
import type { Services } from "../services";

const { name: ownName, product: ownProduct, host: ownHost, port: ownPort } = machineInputs;
const trusting = { name: ownName, product: ownProduct, host: ownHost, port: ownPort };

/** The program on the machine that `machine` describes, which may be unknown or wrong in part. */
export function machineAudience(services: Services, machine: Draft<MachineInputs> | undefined): Audience {
  const value = machine === undefined || isUnknown(machine) ? {} : machine;
  const { title, verifiesFrom } = products[productOf(value)];
  const { name, product, host, port } = value;
  const holder = ifKnown(trusting, { name, product, host, port });
  const known = holder === null ? null : trustHolder(holder);
  const givenRelease = releaseIn(value.version);
  return {
    product: title,
    subject: title,
    givenRelease,
    releaseProperty: "machine.version",
    release: givenRelease ?? (value.version === undefined && known !== null ? services.trust.release(known) : null),
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
export function trustHolder(machine: Pick<MachineInputs, "name" | "product" | "host" | "port">): NodeInputs {
  const { name, host, port } = machine;
  return { name: `${productOf(machine)} ${name}`, ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
}
