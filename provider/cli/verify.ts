import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { TableauError } from "../error";
import { reasonOf } from "../file-reason";
import { finding, verdictOfException, openTrustStores, verifyTaco } from "../signature";
import type { OpenTrustStores, TrustSources, Verdict } from "../signature";
import { isVersion, NotAFile } from "../taco";
import { UsageError, type CliCommand, type CliOutput } from "./command";
import { describeVerdict } from "./describe-verdict";

const usage = `usage: pulumi-tableau verify FILE... [--trust-store FILE]... [--cacerts FILE]... [--store-password-file FILE]
                             [--at DATE] [--tableau-version V] [--json]

Verifies the signature of packages (.taco) offline, as jarsigner -verify -strict does, and more strictly.

  --trust-store FILE          certificates to trust: JKS, PKCS#12 or PEM; seen as jarsigner sees its -keystore, which has to hold
                              a certificate of the chain in the package
  --cacerts FILE              the same for the trust store of a JRE, such as the Tableau server's own: it is enough that the chain
                              leads there
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
  const trust = await open(options.trust);
  let status = 0;
  for (const file of files) {
    const { verdict, opened } = await verdictOf(file, { ...options.verify, trust });
    output.out(options.json ? `${JSON.stringify({ file, ...verdict })}\n` : describeVerdict(file, verdict));
    status = Math.max(status, opened === "no" ? 2 : verdict.accepted ? 0 : 1);
  }
  return status;
}

interface Options {
  readonly help: boolean;
  readonly json: boolean;
  readonly trust: TrustSources;
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
      trust: {
        keystores: values["trust-store"] ?? [],
        cacerts: values.cacerts ?? [],
        ...readPassword(values["store-password-file"]),
      },
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
        cacerts: { type: "string", multiple: true },
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

function readPassword(path: string | undefined): { readonly password?: string } {
  if (path === undefined) {
    return {};
  }
  try {
    return { password: readFileSync(path, "utf8").split(/\r?\n/, 1)[0] ?? "" };
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(error)}.`);
  }
}

async function open(trust: TrustSources): Promise<OpenTrustStores> {
  try {
    return await openTrustStores(trust);
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
    const reason = whyNotOpened(error);
    if (reason === undefined) {
      throw error;
    }
    const findings = [finding("file-unreadable", `The file cannot be opened: ${reason}.`)];
    return { verdict: { accepted: false, jarsigner: verdictOfException, findings, signers: [], timestamp: null }, opened: "no" };
  }
}

function whyNotOpened(error: unknown): string | undefined {
  return error instanceof NotAFile || (typeof error === "object" && error !== null && "syscall" in error) ? reasonOf(error) : undefined;
}
