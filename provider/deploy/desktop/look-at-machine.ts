import type { AnswerRecord, Host } from "../../host/host";
import type { ProductName } from "../../plan/desktop/products";
import type { SeenMachine, SeenMachinePackage } from "../../plan/desktop/seen-machine";
import { compareVersions } from "../../version";
import type { Identify } from "../identify";
import { identifyFiles } from "../identify-files";
import { machineFetchScript } from "./fetch-script";
import { checkMachineAnswer } from "./check-machine-answer";
import { lookScript } from "./look-script";
import { readPlace } from "./read-place";
import { lookForm } from "./windows/look-form";

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
  const answer = await host.run({
    name: "look",
    text: lookScript,
    windows: lookForm,
    args: [product, repository ?? "", fileName],
    as: "login",
    timeoutSeconds,
  });
  checkMachineAnswer(host.node, "look at the connectors", answer);
  const of = (key: string): AnswerRecord[] => answer.records.filter(([name]) => name === key);
  return {
    ...readPlace(host.node, answer),
    otherRepositories: of("other").map(([, path = ""]) => path),
    releases: newestFirst(of("app").flatMap(([, name = ""]) => /\d{4}\.\d+/.exec(name)?.slice(0, 1) ?? [])),
    packages: await packagesIn(host, question, of("package"), of("unpacked"), identify),
  };
}

async function packagesIn(
  host: Host,
  { sha256: wanted, timeoutSeconds }: MachineQuestion,
  files: readonly AnswerRecord[],
  folders: readonly AnswerRecord[],
  identify: Identify,
): Promise<SeenMachinePackage[]> {
  const found = files.map(([, folder = "", fileName = "", sha256 = ""]) => ({ folder, fileName, sha256, path: `${folder}/${fileName}` }));
  const strangers = found.filter(({ sha256 }) => sha256 !== "" && sha256 !== wanted);
  const known = await identifyFiles(host, strangers, identify, { text: machineFetchScript, as: "login" }, timeoutSeconds);
  return [
    ...found.map(({ folder, fileName, sha256 }) => ({
      folder,
      fileName,
      form: "file" as const,
      sha256: sha256 === "" ? null : sha256,
      identity: known.get(sha256) ?? null,
    })),
    ...folders.map(([, folder = "", fileName = "", manifest = ""]) => ({
      folder,
      fileName,
      form: "folder" as const,
      sha256: null,
      identity: identify.manifest(manifest),
    })),
  ];
}

function newestFirst(releases: readonly string[]): string[] {
  return [...new Set(releases)].sort((a, b) => compareVersions(b, a));
}
