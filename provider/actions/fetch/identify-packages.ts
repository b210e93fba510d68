import type { Host } from "../../host/host";
import type { SeenNode } from "../../plan/seen";
import { isDriverName } from "../../plan/compare/wanted-files";
import type { Identify } from "./identify";
import { identifyFiles } from "./identify-files";
import type { Observation } from "../observe/read-observation";
import { fetch } from ".";

/**
 * Says of each package that is not one of `expected` (by digest) which connector it holds, so that duplicates of a class
 * are found. Costs a round trip only where there is a package that this process has not seen before.
 */
export async function identifyPackages(
  host: Host,
  observation: Observation,
  expected: ReadonlySet<string>,
  identify: Identify,
  timeoutSeconds: number,
): Promise<SeenNode> {
  const { node, manifests } = observation;
  const strangers = node.packages.filter(
    ({ form, fileName, sha256 }) => form !== "folder" && !isDriverName(fileName) && sha256 !== null && !expected.has(sha256),
  );
  const files = strangers.map(({ directory, fileName, sha256 }) => ({ path: `${directory}/${fileName}`, sha256: sha256 ?? "" }));
  const known = await identifyFiles(host, files, identify, fetch, timeoutSeconds);
  return {
    ...node,
    packages: node.packages.map((found) => {
      if (found.form === "folder") {
        return { ...found, identity: identify.manifest(manifests.get(`${found.directory}/${found.fileName}`) ?? "") };
      }
      return found.sha256 === null || expected.has(found.sha256) ? found : { ...found, identity: known.get(found.sha256) ?? null };
    }),
  };
}
