import { planPlacing, type DesiredFile, type Placing } from "./plan-placing";
import { whyNotOn, type ProductName } from "./products";
import type { SeenDrivers } from "./seen-machine";

/** Compares a driver that is wanted for a product with what was seen in the folder of its drivers. */
export function planDriver(product: ProductName, wanted: DesiredFile, seen: SeenDrivers): Placing {
  const placing = planPlacing(wanted, seen, seen.file);
  const missing = whyNotOn(product, seen.platform);
  return missing === null ? placing : { ...placing, refusals: [missing] };
}
