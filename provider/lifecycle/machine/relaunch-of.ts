import { products } from "../../machine/plan/products";
import { isUnknown, unknownValue } from "../../schema/unknown";
import { productOf } from "./machine-audience";

/** The program on a machine that has to be started again; unknown where the machine is. */
export function relaunchOf(machine: unknown): string {
  if (isUnknown(machine)) return unknownValue;
  const { product } = (machine ?? {}) as { product?: unknown };
  return isUnknown(product) ? unknownValue : products[productOf({ product })].title;
}
