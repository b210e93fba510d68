import { fileName as nameOfFile, longText, orAbsent, orEmpty, path, phrase, sha256 as digest } from "../../host/fields";
import type { Host } from "../../host/host";
import { type Lines, last, many } from "../../host/reply";
import type { ProductName } from "../plan/products";
import type { SeenMachine, SeenMachinePackage } from "../plan/seen-machine";
import { compareVersions } from "../../vocabulary/version";
import type { Identify } from "../../actions/fetch/identify";
import { identifyFiles } from "../../actions/fetch/identify-files";
import { fetchFromMachine } from "../fetch";
import { action, perform } from "../../actions/action";
import { checkMachineAnswer } from "../check-machine-answer";
import findConnectors from "../files/find-connectors.sh";
import { lookScript, placeArguments, placeLines, readPlace } from "../place";
import script from "./unix.sh";
import { onWindows } from "./windows";

const file = { folder: path, fileName: nameOfFile };

/** Finds the folder that a product reads connectors from, and looks at it. Changes nothing. */
export const observeConnectors = action({
  name: "look",
  as: "login",
  args: placeArguments,
  linux: lookScript(findConnectors, script),
  windows: onWindows,
  reply: {
    ...placeLines,
    other: many(1000, { path }),
    package: many(20_000, { ...file, sha256: orEmpty(digest) }, ["folder", "fileName"]),
    unpacked: many(20_000, { ...file, manifest: orAbsent(longText(262_144)) }),
    app: many(1000, { name: phrase(1024) }),
    end: last(),
  },
});

export interface MachineQuestion {
  readonly product: ProductName;
  /** Path of the repository that the program names; null: it is found on the machine. */
  readonly repository: string | null;
  readonly fileName: string;
  /** Digest of the wanted package, which needs no look into. */
  readonly sha256: string;
  readonly timeoutSeconds: number;
}

/**
 * Finds the folder that a product reads its connectors from and looks at it, in one round trip, and one more where there
 * are packages that this process has not seen before. Changes nothing.
 *
 * @throws TableauError (host-*), also where the machine is of a system that no product of Tableau runs on.
 */
export async function lookAtMachine(host: Host, question: MachineQuestion, identify: Identify): Promise<SeenMachine> {
  const { product, repository, fileName, timeoutSeconds } = question;
  const answer = await perform(host, observeConnectors, { product, given: repository, fileName }, { timeoutSeconds });
  checkMachineAnswer(host.node, "look at the connectors", answer);
  const { lines } = answer;
  return {
    ...readPlace(host.node, lines),
    otherRepositories: lines.other.map((other) => other.path),
    releases: newestFirst(lines.app.flatMap(({ name }) => /\d{4}\.\d{1,2}/.exec(name)?.slice(0, 1) ?? [])),
    packages: await packagesIn(host, question, lines, identify),
  };
}

async function packagesIn(
  host: Host,
  { sha256: wanted, timeoutSeconds }: MachineQuestion,
  { package: files, unpacked: folders }: Lines<ReturnType<typeof observeConnectors.reply>>,
  identify: Identify,
): Promise<SeenMachinePackage[]> {
  const found = files.map((line) => ({ ...line, sha256: line.sha256 ?? "", path: `${line.folder}/${line.fileName}` }));
  const strangers = found.filter(({ sha256 }) => sha256 !== "" && sha256 !== wanted);
  const known = await identifyFiles(host, strangers, identify, fetchFromMachine, timeoutSeconds);
  return [
    ...found.map(({ folder, fileName, sha256 }) => ({
      folder,
      fileName,
      form: "file" as const,
      sha256: sha256 === "" ? null : sha256,
      identity: known.get(sha256) ?? null,
    })),
    ...folders.map(({ folder, fileName, manifest }) => ({
      folder,
      fileName,
      form: "folder" as const,
      sha256: null,
      identity: identify.manifest(manifest ?? ""),
    })),
  ];
}

function newestFirst(releases: readonly string[]): string[] {
  return [...new Set(releases)].sort((a, b) => compareVersions(b, a));
}
