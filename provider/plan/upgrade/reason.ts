import { firstReleaseThatVerifies, firstReleaseWithPackages, highestVersionWins } from "../placement/releases";
import type { Outcome } from "./outcome";
import type { PlacedPackage } from "./placed-package";

/** Why, as a full sentence, and what to do about it before an upgrade; empty: nothing. */
export interface Reason {
  readonly text: string;
  readonly next: string;
}

const oneOfEach = "Keep one package of a class: remove the one that is not wanted before the upgrade.";

/** Says why a package is not used by a release, for people. */
export function reasonOf(found: PlacedPackage, outcome: Outcome, release: string): Reason {
  const server = `Tableau Server ${release}`;
  switch (outcome.kind) {
    case "used":
      return { text: "", next: "" };
    case "refused":
      return {
        text: `${server} refuses it when somebody signs in: ${outcome.refusals.join(" ")}`,
        next: "Put a package that it accepts in its place before the upgrade.",
      };
    case "hidden": {
      const { directory, fileName, pluginVersion } = outcome.by;
      const rule = highestVersionWins(release) ? "the highest version of a class wins" : "the first package of a class wins";
      return { text: `${server} loads ${directory}/${fileName} (version ${pluginVersion}) in its place: ${rule}.`, next: oneOfEach };
    }
    case "unclear": {
      const { directory, fileName } = outcome.besides;
      return {
        text: `${directory}/${fileName} holds the same class, and which of the two ${server} loads is undefined.`,
        next: oneOfEach,
      };
    }
    case "not read":
      return { text: `${server} does not read ${found.directory}.`, next: "" };
    case "not readable":
      return { text: "The user that the server runs as cannot read it.", next: "" };
    case "unpacked elsewhere":
      return { text: `${server} reads unpacked connectors only in the folder that the path key names.`, next: "" };
    case "packaged":
      return { text: `${server} loads no packaged connectors; they load from ${firstReleaseWithPackages} on.`, next: "" };
    case "too new":
      return { text: `It needs Tableau ${found.minVersionTableau ?? ""} (min-version-tableau of its manifest).`, next: "" };
    case "no vendor":
      return {
        text: `Its manifest has no vendor information, and Tableau loads no such connector from ${firstReleaseThatVerifies} on.`,
        next: "Ask its vendor for a current package and put it in its place before the upgrade.",
      };
  }
}
