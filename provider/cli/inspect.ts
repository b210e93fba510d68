import { parseArgs } from "node:util";
import { TableauError } from "../vocabulary/error";
import { reasonOf } from "../vocabulary/file-reason";
import { NotAFile, readTaco } from "../taco";
import type { Taco } from "../taco";
import { verifyTaco, type Finding } from "../signature";
import { printableLine } from "../vocabulary/printable";
import { answersOf, printRows, type Row } from "./package-answers";
import { UsageError, type CliCommand, type CliOutput } from "./command";

const usage = `usage: pulumi-tableau inspect FILE... [--json]

Prints what packages (.taco) say about themselves. Exit status: 0, 1 for a package that cannot be used, 2 for a wrong call.
`;

export const inspect: CliCommand = { run: inspectCommand };

/** `pulumi-tableau inspect`: reads every file, and tells the exit status. */
export async function inspectCommand(argv: readonly string[], output: CliOutput): Promise<number> {
  const { values, positionals } = parseOptions(argv);
  if (values.help === true) {
    output.out(usage);
    return 0;
  }
  if (positionals.length === 0) {
    throw new UsageError(`No file was named.\n\n${usage}`);
  }
  let status = 0;
  for (const file of positionals) {
    try {
      const taco = await readTaco({ path: file });
      output.out(values.json === true ? `${JSON.stringify({ file, ...taco })}\n` : await describe(file, taco));
    } catch (error) {
      if (!(error instanceof TableauError)) {
        throw error;
      }
      const { cause } = error;
      output.err(
        couldNotBeOpened(cause)
          ? `${file} cannot be opened: ${reasonOf(cause)}. Check the path and its permissions.\n`
          : `${error.message}\n`,
      );
      status = couldNotBeOpened(cause) ? 2 : Math.max(status, 1);
    }
  }
  return status;
}

function parseOptions(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

// Whom one trusts is no question of the package.
async function describe(file: string, taco: Taco): Promise<string> {
  const { findings, signers } = await verifyTaco({ path: file });
  const refused = findings.filter(({ severity, category }) => severity === "refuse" && category !== "trust");
  const rows: readonly (readonly [string, string | undefined])[] = [
    ...answersOf(signers, taco),
    ["class", taco.pluginClass],
    ["superclass", taco.superclass],
    ["name", taco.name],
    ["vendor", taco.vendor],
    ["kind", taco.kind],
    ["sha256", taco.sha256],
    ["size", `${taco.size} bytes`],
    ["entries", taco.entries.map(({ name, size }) => `${name} (${size})`).join(", ")],
  ];
  return [
    `${printableLine(file)}: ${taco.pluginClass} ${taco.pluginVersion}, ${signatureOf(taco, refused)}\n`,
    ...refused.map(({ code, message }) => `  refused [${code}] ${message}\n`),
    printRows(rows.flatMap(([label, text]): Row[] => (text === undefined ? [] : [[label, printableLine(text)]]))),
  ].join("");
}

function signatureOf({ signed }: Taco, refused: readonly Finding[]): string {
  if (!signed) return "not signed";
  if (refused.length > 0) return "its signature is refused";
  return "its signature is intact (`pulumi-tableau verify` says whether the signer is trusted)";
}

function couldNotBeOpened(cause: unknown): cause is { readonly message: string } {
  return cause instanceof NotAFile || (typeof cause === "object" && cause !== null && "syscall" in cause && "message" in cause);
}
