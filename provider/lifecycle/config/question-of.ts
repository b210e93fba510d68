import type { ServerQuestion } from "../../activation/observe-server";
import type { ConfigInputs } from "../../schema/config";
import { identify } from "./identify";

/** What has to be looked at to compare a server with a config's inputs. */
export function questionOf({ connectors, drivers = [] }: ConfigInputs, earlierDirectories: readonly string[]): ServerQuestion {
  return {
    digests: [...connectors, ...drivers].map(({ sha256 }) => sha256),
    fileNames: [...connectors, ...drivers].map(({ fileName }) => fileName),
    earlierDirectories,
    drivers: drivers.length > 0 ? "listed" : "none",
    identify,
  };
}
