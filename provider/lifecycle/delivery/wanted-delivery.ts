import type { Draft } from "../../schema/field";
import type { ServerInputs } from "../../schema/server";
import { type Unknown, unknownValue } from "../../schema/unknown";
import { knownNames } from "../server/check-server";

/** What `delivered` reads when every node's store holds that digest; unknown where the nodes are not known yet. */
export function wantedDelivery(server: Draft<ServerInputs> | undefined, sha256: string): Readonly<Record<string, string>> | Unknown {
  const names = knownNames(server);
  return names === null ? unknownValue : Object.fromEntries(names.map((name) => [name, sha256]));
}
