import { connectPluginsPathKey, disableVerifyKey } from "../../vocabulary/keys";
import { toRetire } from "../compare/compare-files";
import type { DesiredServer } from "../desired";
import { isRead } from "../placement/load-order";
import { samePath } from "../../vocabulary/node-path";
import { isDriverName, isListed } from "../compare/wanted-files";
import type { SeenPackage, SeenServer } from "../seen";
import type { Finding, Step } from "../step";

/** Refuses a key change after which connectors that the program does not list would stop loading, naming them. */
export function checkBreaking(desired: DesiredServer, seen: SeenServer, keySteps: readonly Step[]): Finding[] {
  const broken = new Map<string, string>();
  for (const step of keySteps) {
    if (step.kind !== "setKey" && step.kind !== "unsetKey") continue;
    const value = step.kind === "setKey" ? step.value : null;
    if (step.key === disableVerifyKey && step.was?.toLowerCase() === "true" && value?.toLowerCase() !== "true") {
      for (const found of unlisted(desired, seen)) {
        if (found.identity?.signed === false) broken.set(found.fileName, "is not signed, and verification is turned on");
      }
    }
    if (step.key === connectPluginsPathKey && step.was !== null) {
      for (const found of unlisted(desired, seen)) {
        if (losesItsPath(seen, found, step.was, value)) broken.set(found.fileName, `lies in ${step.was}, and the path moves away`);
      }
    }
  }
  const refused = [...broken].filter(([fileName]) => !desired.options.acceptBreaking.includes(fileName));
  if (refused.length === 0) return [];
  return [
    {
      code: "breaks-unlisted",
      message: `Connectors that the program does not list would stop loading on ${desired.name}: ${refused.map(([name, why]) => `${name} ${why}`).join("; ")}.`,
      next: `List them too, or accept it with acceptBreaking: ${JSON.stringify(refused.map(([name]) => name))}.`,
    },
  ];
}

function unlisted(desired: DesiredServer, seen: SeenServer): SeenPackage[] {
  return seen.nodes.flatMap((node) => {
    const leaving = new Set(toRetire(desired, seen, node));
    return node.packages.filter((found) => !leaving.has(found) && !isListed(desired, node, found) && !isDriverName(found.fileName));
  });
}

function losesItsPath(seen: SeenServer, found: SeenPackage, was: string, value: string | null): boolean {
  return samePath(found.directory, was) && !isRead(found.directory, { release: seen.version, pluginsPath: value });
}
