import type { ServerQuestion } from "../../activation/observe-server";
import { namesTrust } from "../../plan/record/recorded-trust";
import type { Remembered } from "../../plan/record/remembered";
import type { ConfigInputs } from "../../schema/config";
import { identify } from "./identify";

/** What has to be looked at to compare a server with a config's inputs. */
export function questionOf(
  { connectors, drivers = [], trust = [] }: ConfigInputs,
  earlierDirectories: readonly string[],
  remembered: Remembered | null,
): ServerQuestion {
  return {
    digests: [...connectors, ...drivers, ...trust].map(({ sha256 }) => sha256),
    fileNames: [...connectors, ...drivers].map(({ fileName }) => fileName),
    earlierDirectories,
    drivers: drivers.length > 0 ? "listed" : "none",
    ...(trust.length > 0 || namesTrust(remembered) ? { trust: "listed" } : {}),
    identify,
  };
}
