import { parseArgs } from "node:util";
import { fetchPackage } from "../actions/fetch/fetch-package";
import { restorePackage } from "../activation/restore-package";
import { checkPlainName } from "../lifecycle/delivery/check-source";
import { Failures } from "../schema/failures";
import { isWindowsPath } from "../vocabulary/node-path";
import { describeStep } from "../plan/describe/describe-step";
import { windowsNameProblem } from "../vocabulary/windows-name";
import { UsageError, type CliCommand, type CliOutput } from "./command";
import { writeGiven } from "./write-given";
import { readHistory, type HistoryEntry } from "./history";
import type { OpenServer } from "./server/open-server";
import { serverOptions, serverUsage } from "./server/server-options";
import { whoRuns } from "./server/who-runs";
import { withServer } from "./server/with-server";

const usage = `usage: pulumi-tableau restore DIGEST --output FILE   --stack NAME | --server-file FILE
       pulumi-tableau restore DIGEST [--as NAME] [--yes]   --stack NAME | --server-file FILE

Brings back a package that this package replaced or removed. DIGEST is the beginning of its sha256, as \`history\` prints it.

  --output FILE        write it to a file here: list that file in the program again, and \`pulumi up\` makes it live
  --as NAME            put it back among the live files of every node, under this name (default: its own), and restart once
  --yes                do so; without it only the plan is shown

${serverUsage}`;

export const restore: CliCommand = { run: restoreCommand };

async function restoreCommand(args: readonly string[], output: CliOutput): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...serverOptions, output: { type: "string" }, as: { type: "string" }, yes: { type: "boolean" }, help: { type: "boolean" } },
  });
  const [digest, ...others] = positionals;
  return await withServer(values, usage, output, async (server) => {
    if (digest === undefined || others.length > 0) throw new UsageError(`Name one package by its digest.\n\n${usage}`);
    const entry = find(await readHistory(server.target), digest);
    if (values.output !== undefined) return await toFile(server, entry, values.output, output);
    return await toServer(server, entry, values.as ?? entry.fileName, values.yes === true ? "carry out" : "show", output);
  });
}

function find(entries: readonly HistoryEntry[], digest: string): HistoryEntry {
  const found = entries.filter(({ sha256 }) => sha256.startsWith(digest.toLowerCase()));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new UsageError(
    `${found.length === 0 ? "No package of the store begins" : `${String(found.length)} packages of the store begin`} with ${digest}: \`pulumi-tableau history\` lists them.\n`,
  );
}

async function toFile({ target }: OpenServer, entry: HistoryEntry, file: string, output: CliOutput): Promise<number> {
  const host = target.hosts.find(({ node }) => entry.nodes.includes(node)) ?? target.hosts[0];
  writeGiven(file, await fetchPackage(host, entry.sha256, target.stateDirectory, target.timeouts.command));
  output.out(`${file}: ${entry.fileName}, sha256 ${entry.sha256}. List it in the program, then run \`pulumi up\`.\n`);
  return 0;
}

async function toServer(
  { target }: OpenServer,
  entry: HistoryEntry,
  fileName: string,
  mode: "show" | "carry out",
  output: CliOutput,
): Promise<number> {
  if (!isPlainName(fileName, target.place.directory)) throw new UsageError("Pass a file name to restore it under: --as NAME.taco\n");
  const report = { step: (line: string) => output.out(`${line}\n`), warn: (line: string) => output.err(`${line}\n`) };
  const steps = await restorePackage({ target, sha256: entry.sha256, fileName, who: whoRuns("restore"), report, mode });
  if (steps.length === 0) {
    output.out(`${fileName} is live on every node already.\n`);
  } else if (mode === "show") {
    output.out(
      `${steps.map((step) => `${describeStep(step, target.name)}\n`).join("")}Nothing was changed. Run it again with --yes to do so; list it in the program too, else it is reported as unlisted.\n`,
    );
  }
  return 0;
}

// The name may come from a node, and becomes a part of a path on all of them.
function isPlainName(fileName: string, directory: string): boolean {
  const failures = new Failures();
  checkPlainName(fileName, failures);
  return fileName.endsWith(".taco") && failures.list.length === 0 && (!isWindowsPath(directory) || windowsNameProblem(fileName) === null);
}
