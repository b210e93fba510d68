import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { TableauError } from "../error";
import { finding, verdictOfException, openTrustStores, verifyTaco } from "../signature";
import type { OpenTrustStores, Verdict } from "../signature";
import { isVersion } from "../taco";
import { UsageError, type CliCommand, type CliOutput } from "./command";
import { describeVerdict } from "./describe-verdict";

const usage = `usage: pulumi-tableau verify FILE... [--trust-store FILE]... [--store-password-file FILE]
                             [--at DATE] [--tableau-version V] [--json]

Verifies the signature of packages (.taco) offline, as jarsigner -verify -strict does, and more strictly.

  --trust-store FILE          certificates to trust: JKS, PKCS#12 or PEM, best the Tableau server's own cacerts
  --store-password-file FILE  its first line is the password of the stores
  --at DATE                   the moment to judge by (ISO 8601); default: now
  --tableau-version V         adds the rules of that version of Tableau, such as 2024.2
  --json                      one JSON object on a line for each file

Exit status: 0 every file is accepted, 1 one is refused, 2 one cannot be opened, or the call is wrong.
`;

export const verify: CliCommand = { summary: "verify the signature of packages", run: verifyCommand };

/** `pulumi-tableau verify`: prints a verdict for every file, and tells the exit status. */
export async function verifyCommand(argv: readonly string[], output: CliOutput): Promise<number> {
  const { files, options } = parse(argv);
  if (options.help) {
    output.out(usage);
    return 0;
  }
  const trustStores = await open(options.stores, options.password);
  let status = 0;
  for (const file of files) {
    const { verdict, opened } = await verdictOf(file, { ...options.verify, trustStores });
    output.out(options.json ? `${JSON.stringify({ file, ...verdict })}\n` : describeVerdict(file, verdict));
    status = Math.max(status, opened === "no" ? 2 : verdict.accepted ? 0 : 1);
  }
  return status;
}

interface Options {
  readonly help: boolean;
  readonly json: boolean;
  readonly stores: readonly string[];
  readonly password: string | undefined;
  readonly verify: { readonly at?: Date; readonly tableauVersion?: string };
}

function parse(argv: readonly string[]): { readonly files: readonly string[]; readonly options: Options } {
  const { values, positionals } = parseOptions(argv);
  const help = values.help ?? false;
  if (positionals.length === 0 && !help) {
    throw new UsageError(`No file was named.\n\n${usage}`);
  }
  const at = values.at === undefined ? undefined : new Date(values.at);
  if (at !== undefined && Number.isNaN(at.getTime())) {
    throw new UsageError(`--at ${values.at} is no date, expected ISO 8601 such as 2026-11-24.`);
  }
  const tableauVersion = values["tableau-version"];
  if (tableauVersion !== undefined && !isVersion(tableauVersion)) {
    throw new UsageError(`--tableau-version ${tableauVersion} is no version, expected one such as 2024.2.`);
  }
  return {
    files: positionals,
    options: {
      help,
      json: values.json ?? false,
      stores: values["trust-store"] ?? [],
      password: readPassword(values["store-password-file"]),
      verify: { ...(at === undefined ? {} : { at }), ...(tableauVersion === undefined ? {} : { tableauVersion }) },
    },
  };
}

function parseOptions(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        "trust-store": { type: "string", multiple: true },
        "store-password-file": { type: "string" },
        at: { type: "string" },
        "tableau-version": { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function readPassword(path: string | undefined): string | undefined {
  if (path === undefined) {
    return undefined;
  }
  try {
    return readFileSync(path, "utf8").split(/\r?\n/, 1)[0] ?? "";
  } catch (error) {
    throw new UsageError(`The password file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function open(stores: readonly string[], password: string | undefined): Promise<OpenTrustStores> {
  try {
    return await openTrustStores(stores, password);
  } catch (error) {
    throw error instanceof TableauError ? new UsageError(error.message) : error;
  }
}

/** A file that cannot be opened gets a verdict like any other, so that every file has one. */
async function verdictOf(
  file: string,
  options: Parameters<typeof verifyTaco>[1],
): Promise<{ readonly verdict: Verdict; readonly opened: "yes" | "no" }> {
  try {
    return { verdict: await verifyTaco({ path: file }, options), opened: "yes" };
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error) && !(error instanceof Error && error.message.endsWith("is not a regular file."))) {
      throw error;
    }
    const findings = [finding("file-unreadable", `The file cannot be opened: ${error.message}.`)];
    return { verdict: { accepted: false, jarsigner: verdictOfException, findings, signers: [], timestamp: null }, opened: "no" };
  }
}
