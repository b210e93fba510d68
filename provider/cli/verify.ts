import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { parseArgs } from "node:util";
import { TableauError } from "../vocabulary/error";
import { reasonOf } from "../vocabulary/file-reason";
import {
  finding,
  openTrustStores,
  verifyTaco,
  type OpenTrustStores,
  type TrustSources,
  type TrustStoreBytes,
  type Verdict,
} from "../signature";
import { NotAFile, readTaco, type Taco } from "../taco";
import { isVersion } from "../vocabulary/version";
import { UsageError, type CliCommand, type CliOutput } from "./command";
import { answersOf, printRows, signedBy, type Row } from "./package-answers";
import { printableLine } from "../vocabulary/printable";

const usage = `usage: pulumi-tableau verify FILE... [--trust-store FILE]... [--cacerts FILE]... [--store-password-file FILE]
                             [--at DATE] [--tableau-version V] [--json]

Verifies the signature of packages (.taco) offline, as jarsigner -verify -strict does, and more strictly.

  --trust-store FILE          certificates to trust: JKS, PKCS#12 or PEM; seen as jarsigner sees its -keystore, which has to hold
                              a certificate of the chain in the package
  --cacerts FILE              the same for the trust store of a JRE, such as the Tableau server's own: it is enough that the chain
                              leads there
                              without one of both, trust is judged by the public roots that Node.js ships; your server may differ
  --store-password-file FILE  its first line is the password of the stores
  --at DATE                   the moment to judge by (ISO 8601); default: now
  --tableau-version V         adds the rules of that version of Tableau, such as 2024.2
  --json                      one JSON object on a line for each file

Exit status: 0 every file is accepted, 1 one is refused, 2 one cannot be opened, or the call is wrong.
`;

export const verify: CliCommand = { run: verifyCommand };

/** `pulumi-tableau verify`: prints a verdict for every file, and tells the exit status. */
export async function verifyCommand(argv: readonly string[], output: CliOutput): Promise<number> {
  const { files, options } = parse(argv);
  if (options.help) {
    output.out(usage);
    return 0;
  }
  const trustedBy = options.trust.keystores.length + options.trust.cacerts.length === 0 ? "nodejs-roots" : "trust-stores";
  const trust = await open(trustedBy === "nodejs-roots" ? { cacerts: [nodeRoots()] } : options.trust);
  let status = 0;
  let judged = 0;
  for (const file of files) {
    const verdict = await verdictOf(file, { ...options.verify, trust });
    if (typeof verdict !== "string") {
      output.out(options.json ? `${JSON.stringify({ file, ...verdict, trustedBy })}\n` : await describeVerdict(file, verdict));
      status = Math.max(status, verdict.accepted ? 0 : 1);
      judged++;
      continue;
    }
    const unreadable = finding("file-unreadable", `${file} cannot be opened: ${verdict}.`);
    if (options.json) {
      output.out(`${JSON.stringify({ file, accepted: false, findings: [unreadable] })}\n`);
    } else {
      output.err(`${unreadable.message}\n`);
    }
    status = 2;
  }
  if (trustedBy === "nodejs-roots" && judged > 0) {
    output.err(
      `Trust was judged by the public roots of Node.js ${process.version}; your server may differ. Name its own: --cacerts FILE (pulumi-tableau trust export fetches it).\n`,
    );
  }
  return status;
}

/** Roots of the web, for the most part: a server's Java may trust others for code. They stand for the `cacerts` of some Java. */
function nodeRoots(): TrustStoreBytes {
  return { name: "the roots of Node.js", bytes: Buffer.from(rootCertificates.join("\n")) };
}

interface Options {
  readonly help: boolean;
  readonly json: boolean;
  readonly trust: TrustSources & Required<Pick<TrustSources, "keystores" | "cacerts">>;
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

/** @returns the reason where the file cannot be opened. */
async function verdictOf(file: string, options: Parameters<typeof verifyTaco>[1]): Promise<Verdict | string> {
  try {
    return await verifyTaco({ path: file }, options);
  } catch (error) {
    if (error instanceof NotAFile) {
      return "it is not a regular file";
    }
    if (typeof error === "object" && error !== null && "syscall" in error) {
      return reasonOf(error);
    }
    throw error;
  }
}

/** A verdict for people: what was decided and why, what they ask first, then the details. */
async function describeVerdict(file: string, verdict: Verdict): Promise<string> {
  const { accepted, findings, signers, tableau } = verdict;
  const refused = findings.filter(({ severity }) => severity === "refuse");
  const warnings = findings.filter(({ severity }) => severity !== "refuse");
  return [
    `${printableLine(file)}: ${accepted ? "accepted" : "refused"}\n`,
    ...refused.map(({ code, message }) => `  refused [${code}] ${message}\n`),
    printRows(accepted ? answersOf(signers, await tacoOf(file)) : signedBy(signers)),
    ...warnings.map(({ code, message }) => `  warning [${code}] ${message}\n`),
    printRows(detailsOf(verdict)),
    ...(tableau === undefined ? [] : tableau.log.map((line) => `  Tableau ${tableau.version} would log: ${printableLine(line)}\n`)),
  ].join("");
}

function detailsOf({ jarsigner, signers }: Verdict): Row[] {
  return [
    ["jarsigner", `${jarsigner.result}, exit code ${jarsigner.exitCode}`],
    ...signers.flatMap(({ key, algorithms, timestamp }): Row[] => [
      ["key", `${key}, ${algorithms.join(", ")}`],
      ["timestamp", timestamp === null ? "none" : `${timestamp.time} by ${printableLine(timestamp.authority.subject)}`],
    ]),
  ];
}

/** null: the package cannot be read, which has findings of its own. */
async function tacoOf(file: string): Promise<Taco | null> {
  try {
    return await readTaco({ path: file });
  } catch (error) {
    if (error instanceof TableauError) return null;
    throw error;
  }
}
