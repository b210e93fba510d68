import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findSet, type FoundSet } from "../lifecycle/adopt/find-set";
import { cacheDirectory } from "../lifecycle/cache-directory";
import { keepTrust } from "../lifecycle/trust/keep-trust";
import { TrustCache } from "../lifecycle/trust/trust-cache";
import type { AdoptionCost } from "../plan/adopt/adoption-cost";
import { printableLine } from "../vocabulary/printable";
import { shellWord } from "../vocabulary/shell-words";
import { describeServer, type Secret } from "./adopt/describe-server";
import { describeSet } from "./adopt/describe-set";
import type { Program, ProgramFiles } from "./adopt/program";
import { pythonProgram } from "./adopt/python";
import { typescriptProgram } from "./adopt/typescript";
import { yamlProgram } from "./adopt/yaml";
import { UsageError, type CliCommand, type CliOutput } from "./command";
import { packageVersion } from "./package-version";
import type { OpenServer } from "./server/open-server";
import { withServer } from "./server/with-server";
import { writeGiven } from "./write-given";

const usage = `usage: pulumi-tableau adopt --server-file FILE --out DIR [--language typescript|python|yaml]

Writes a Pulumi program from what a Tableau Server has that was set up by hand: its connectors and drivers, each fetched into
DIR/connectors and pinned by its digest, where they lie, and whether signatures are verified. The program's \`pulumi up\` takes the server over
as it is. Nothing is changed on the server.

  --server-file FILE   the server, as a JSON file: the \`server\` of a program. Its secrets go into no file: the last line of the output
                       is what to type, and sets them in the stack's configuration
  --out DIR            the folder of the program; it is made, and must hold nothing yet
  --language LANGUAGE  typescript (default), on the npm package; python or yaml, on the provider plugin

Exit status 1 where something has to be decided first, such as a connector of which the nodes have different versions: it is named, its
packages are fetched to choose from, and the program does not list it.
`;

// Every node of a large cluster may have the same to say.
const mostReasons = 4;

const whatWindowsTells =
  "Windows does not tell since when a file lies in its folder: it counts as loaded if it was written, and the folder last changed, before the server started.";

const languages: Readonly<Record<string, (program: Program) => ProgramFiles>> = {
  typescript: typescriptProgram,
  python: pythonProgram,
  yaml: yamlProgram,
};

export const adopt: CliCommand = { run: adoptCommand };

interface Destination {
  readonly file: string;
  readonly out: string;
  readonly language: string;
}

async function adoptCommand(args: readonly string[], output: CliOutput): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "server-file": { type: "string" },
      out: { type: "string" },
      language: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const { "server-file": file, out, language = "typescript", help } = values;
  if (help !== true) checkCall(file, out, language);
  return await withServer({ "server-file": file, help }, usage, output, async (server) => {
    return await writeProgram(server, { file: file ?? "", out: out ?? "", language }, output);
  });
}

function checkCall(file: string | undefined, out: string | undefined, language: string): void {
  if (file === undefined || out === undefined) {
    throw new UsageError(`Name the server and the folder: --server-file FILE --out DIR.\n\n${usage}`);
  }
  if (file === "-") throw new UsageError("--server-file takes a file here, since the commands that set its secrets name it.\n");
  if (!Object.hasOwn(languages, language)) {
    throw new UsageError(`--language is "${language}", but must be one of ${Object.keys(languages).join(", ")}.`);
  }
  if (existsSync(out) && readdirSync(out).length > 0) throw new UsageError(`${out} holds files already: name another folder.\n`);
}

async function writeProgram(opened: OpenServer, destination: Destination, output: CliOutput): Promise<number> {
  const { target, properties } = opened;
  const { server } = properties;
  const given = server.placement === undefined && server.connectorsDirectory === undefined ? null : target.place;
  const trust = await keepTrust(target, server.nodes, new TrustCache(cacheDirectory()));
  const found = await findSet(target, given, trust);
  if (!("connectors" in found)) {
    output.err(
      `Connectors lie in several places: ${found.directories.map(printableLine).join(", ")}. Say in ${destination.file} which one is meant: "placement", and "connectorsDirectory" where it is "path".\n`,
    );
    return 1;
  }
  const described = describeServer(properties, found.place);
  const set = describeSet(found);
  const name = plainName(server.name);
  const program: Program = {
    name,
    head: headOf(found),
    server: described.value,
    connectors: set.connectors,
    drivers: set.drivers,
    disableVerification: found.signatures === "not verified",
    secrets: described.secrets.map(({ key }) => key),
    version: packageVersion(),
  };
  const files = languages[destination.language]?.(program) ?? {};
  for (const [path, bytes] of set.files) writeGiven(join(destination.out, path), bytes, "with folders");
  for (const [path, text] of Object.entries(files)) writeGiven(join(destination.out, path), Buffer.from(text), "with folders");
  tell(found, destination, output);
  output.out(
    `The first preview looks at no node and says what a server without all of this would cost; \`pulumi up\` looks, uploads nothing and ${costOf(found.cost)}\n`,
  );
  tellNext(described.secrets, destination, name, output);
  return found.leftOut.some(({ kind }) => kind === "decide") || !hasAllNodes(found, target) ? 1 : 0;
}

function hasAllNodes({ topology }: FoundSet, target: OpenServer["target"]): boolean {
  const listed = target.hosts.map(({ node }) => node);
  return topology.every((node) => listed.includes(node)) && listed.every((node) => topology.includes(node));
}

function headOf({ release, connectors, drivers }: FoundSet): string[] {
  return [
    `Written by pulumi-tableau adopt from what Tableau Server ${release} had: ${count(connectors.length, "connector")}, ${count(drivers.length, "driver")}.`,
  ];
}

function tell(found: FoundSet, { out }: Destination, output: CliOutput): void {
  const { connectors, drivers, leftOut, topology } = found;
  output.out(`${out}: ${count(connectors.length, "connector")}, ${count(drivers.length, "driver")} of Tableau Server ${found.release}.\n`);
  for (const { fileName, taco, refusals } of connectors) {
    const signature = refusals.length === 0 ? "" : ": requireSignature is false, since its signature is not accepted";
    output.out(`  ${printableLine(`${fileName}  ${taco.pluginClass} ${taco.pluginVersion}`)}${signature}\n`);
  }
  for (const { fileName } of drivers) output.out(`  ${printableLine(fileName)}\n`);
  for (const { fileName, why } of leftOut) output.err(`Not listed: ${printableLine(`${fileName}. ${why}`)}\n`);
  output.out(`tsm says that the cluster consists of ${printableLine(topology.join(", "))}.\n`);
}

function costOf({ due, knownBy, oldestStart }: AdoptionCost): string {
  const told = due.slice(0, mostReasons).map(printableLine);
  const more = due.length > mostReasons ? `; and ${String(due.length - mostReasons)} more` : "";
  if (due.length > 0) return `restarts once: ${told.join("; ")}${more}.${knownBy === "arrival" ? ` ${whatWindowsTells}` : ""}`;
  if (knownBy === "changes" || oldestStart === null) return "restarts nothing.";
  const start = new Date(oldestStart * 1000).toISOString();
  return `restarts nothing: each file was written, and its folder last changed, before the server on its node started (${start} at the earliest). If somebody has overwritten one in place since then, restart the server once.`;
}

function tellNext(secrets: readonly Secret[], { file, out, language }: Destination, name: string, output: CliOutput): void {
  const inner = isWrapped(file) ? ".server" : "";
  const fromOut = relative(resolve(out), resolve(file));
  const settings = secrets.map(({ key, path }) => {
    const program = `JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))${inner}${path}`;
    return `node -p ${shellWord(program)} ${shellWord(fromOut)} | pulumi config set --secret ${key}`;
  });
  const install = { typescript: ["npm install"], python: ["pulumi install"], yaml: [] }[language] ?? [];
  const steps = [`cd ${shellWord(out)}`, ...install, `pulumi stack init ${name}`, ...settings, "pulumi preview"];
  output.out(`\nNext:\n${steps.join(" && ")}\n`);
}

// As `simulate start` prints it.
function isWrapped(file: string): boolean {
  const json = JSON.parse(readFileSync(file, "utf8")) as { readonly server?: unknown };
  return typeof json.server === "object" && json.server !== null;
}

// As Pulumi takes the name of a project and of a stack.
function plainName(name: string): string {
  const plain = name
    .replace(/[^A-Za-z0-9_.-]+/g, "-")
    .replace(/^[^A-Za-z0-9]+/, "")
    .slice(0, 60);
  return plain === "" ? "tableau" : plain;
}

function count(number: number, what: string): string {
  return `${String(number)} ${what}${number === 1 ? "" : "s"}`;
}
