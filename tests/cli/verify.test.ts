import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as tls from "node:tls";
import { UsageError } from "../../provider/cli/command";
import { inspectCommand } from "../../provider/cli/inspect";
import { verifyCommand } from "../../provider/cli/verify";
import { corpus, readCorpusFiles } from "../signature/corpus";

const mockMoreRoots: string[] = [];
jest.mock("node:tls", () => {
  const actual = jest.requireActual<typeof tls>("node:tls");
  return { ...actual, get rootCertificates() { return [...actual.rootCertificates, ...mockMoreRoots]; } };
}); // prettier-ignore

let folder: string;
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cli-"));
  const files = await readCorpusFiles();
  for (const name of ["good", "tampered-entry", "name-newline", "unsigned-with-manifest"]) {
    writeFileSync(path(`${name}.taco`), files.get(`${name}.taco`) ?? "");
  }
  writeFileSync(path("roots.pem"), files.get("store-0.pem") ?? "");
  writeFileSync(path("text.taco"), "no package");
  writeFileSync(path("password"), "changeit\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(command: typeof verifyCommand, ...argv: readonly string[]) {
  const printed = { out: "", err: "" };
  const status = await command(argv, { out: (text) => (printed.out += text), err: (text) => (printed.err += text) });
  return { status, ...printed };
}

const trusted = (): string[] => ["--trust-store", path("roots.pem"), "--at", corpus.at];

describe("pulumi-tableau verify", () => {
  it("accepts with 0, and answers first what people ask first", async () => {
    const { status, out } = await run(verifyCommand, path("good.taco"), ...trusted());
    expect(status).toBe(0);
    expect(out).toMatch(
      /good\.taco: accepted\n {2}signed by {4}C=DE, O=Vendor, CN=Connector Vendor\n {2}valid until {2}2120-01-01,[^\n]*\n {2}releases {5}Tableau 2020\.3 or later, before 2025\.1: /,
    );
    expect(out).toMatch(
      /\n {2}jarsigner {4}verified, exit code 0\n {2}key {10}EC prime256v1, SHA-256, SHA256withECDSA\n {2}timestamp {4}2024-06-01T12:00:00\.000Z by C=DE, O=Clock, CN=Time Authority\n$/,
    );
  });

  it("refuses with 1, and says why", async () => {
    const { status, out } = await run(verifyCommand, path("good.taco"), path("tampered-entry.taco"), ...trusted());
    expect(status).toBe(1);
    expect(out).toMatch(
      /tampered-entry\.taco: refused\n {2}refused \[entry-tampered\] "connectionBuilder\.js" is not the file that was signed\./,
    );
    expect(out.slice(out.indexOf("tampered-entry"))).not.toMatch(/valid until|releases/);
  });

  it("prints one object for each file, also for one that cannot be opened, and ends with 2 then", async () => {
    const { status, out } = await run(verifyCommand, path("good.taco"), path("missing.taco"), path("text.taco"), folder, ...trusted(), "--json");
    const verdicts = out.trimEnd().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(status).toBe(2);
    expect(verdicts).toMatchObject([
      { file: path("good.taco"), accepted: true, jarsigner: { result: "verified", exitCode: 0 }, findings: [], timestamp: { trusted: true }, trustedBy: "trust-stores" },
      { file: path("missing.taco"), accepted: false, findings: [{ code: "file-unreadable", severity: "refuse" }] },
      { accepted: false, findings: [{ code: "zip-unreadable" }] },
      { accepted: false, findings: [{ code: "file-unreadable" }] },
    ]);
    expect(verdicts[0]).not.toHaveProperty("tableau");
    expect(verdicts[1]).not.toHaveProperty("jarsigner");
  }); // prettier-ignore

  it("prints one error, and no verdict, for a file that cannot be opened", async () => {
    const { status, out, err } = await run(verifyCommand, path("missing.taco"), ...trusted());
    expect(status).toBe(2);
    expect(out).toBe("");
    expect(err).toBe(`${path("missing.taco")} cannot be opened: there is no such file or folder. Check the path and its permissions.\n`);
    expect(await run(verifyCommand, folder)).toMatchObject({ status: 2, out: "", err: expect.stringMatching(/^\S+ cannot be opened: it is not a regular file\. [^\n]*\n$/) as string });
  }); // prettier-ignore

  it("judges trust by the roots of Node.js where no store is named, and says so in one line", async () => {
    const { status, out, err } = await run(verifyCommand, path("good.taco"), path("tampered-entry.taco"), "--at", corpus.at);
    expect(status).toBe(1);
    expect(out).toMatch(/refused \[chain-untrusted\]/);
    expect(out).not.toMatch(/trust-unknown/);
    expect(err).toMatch(/^Trust was judged by the public roots of Node\.js v\d[^\n]*your server may differ[^\n]*--cacerts FILE[^\n]*\n$/);
  });

  it("accepts without a store what leads to a root of Node.js", async () => {
    mockMoreRoots.push(readFileSync(path("roots.pem"), "utf8"));
    const { status, out } = await run(verifyCommand, path("good.taco"), "--at", corpus.at, "--json");
    mockMoreRoots.length = 0;
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ accepted: true, trustedBy: "nodejs-roots", signers: [{ trusted: true }] });
  });

  it("adds Tableau's rules for a version", async () => {
    const { status, out } = await run(verifyCommand, path("good.taco"), ...trusted(), "--tableau-version", "2025.1");
    expect(status).toBe(1);
    expect(out).toMatch(/refused \[tableau-root-embedded\][\s\S]*\n {2}Tableau 2025\.1 would log: /);
  });

  it("prints no control characters of a package", async () => {
    const { out } = await run(verifyCommand, path("name-newline.taco"), ...trusted());
    expect(out).toMatch(/zip-unsafe-name/);
    expect(out.replace(/\n/g, "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/u);
  });

  it.each([
    ["no file", []],
    ["an unknown option", ["a.taco", "--nonsense"]],
    ["no date", ["a.taco", "--at", "tomorrow"]],
    ["no version", ["a.taco", "--tableau-version", "latest"]],
    ["no store", ["a.taco", "--trust-store", "/does/not/exist"]],
    ["no store file", ["a.taco", "--trust-store", __filename]],
    ["no password file", ["a.taco", "--store-password-file", "/does/not/exist"]],
  ])("does not understand a call with %s", async (_, argv) => {
    await expect(run(verifyCommand, ...argv)).rejects.toThrow(UsageError);
  });

  it("explains itself", async () => {
    expect((await run(verifyCommand, "--help")).out).toMatch(/--trust-store FILE/);
  });
});

describe("pulumi-tableau inspect", () => {
  it("prints what a package says about itself", async () => {
    const { status, out } = await run(inspectCommand, path("good.taco"));
    expect(status).toBe(0);
    expect(out).toMatch(
      /good\.taco: sample_jdbc 1\.0\.0, its signature is intact \([^\n]*verify[^\n]*\)\n {2}signed by {4}C=DE[^\n]*\n {2}valid until {2}2120-01-01[^\n]*\n {2}releases [\s\S]*class {8}sample_jdbc\n/,
    );
  });

  it("says first where its signature would be refused, and where there is none", async () => {
    const { status, out } = await run(inspectCommand, path("tampered-entry.taco"), path("unsigned-with-manifest.taco"));
    expect(status).toBe(0);
    expect(out).toMatch(/tampered-entry\.taco: sample_jdbc 1\.0\.0, its signature is refused\n {2}refused \[entry-tampered\]/);
    expect(out).toMatch(/unsigned-with-manifest\.taco: sample_jdbc 1\.0\.0, not signed\n {2}refused \[unsigned\][^\n]*\n {2}signed by {4}nobody\n {2}releases {5}none: /);
  }); // prettier-ignore

  it("prints it as JSON", async () => {
    const { out } = await run(inspectCommand, path("good.taco"), "--json");
    expect(JSON.parse(out)).toMatchObject({ file: path("good.taco"), pluginClass: "sample_jdbc", kind: "connector", signed: true });
  });

  it("ends with 1 for a package that cannot be used and 2 for one that cannot be opened", async () => {
    expect(await run(inspectCommand, path("text.taco"), path("good.taco"))).toMatchObject({
      status: 1,
      err: expect.stringMatching(/not a usable connector package/),
    });
    expect(await run(inspectCommand, path("missing.taco"))).toMatchObject({
      status: 2,
      err: expect.stringMatching(/missing\.taco cannot be opened: .*Check the path/) as string,
    });
  });

  it("does not understand a call without files", async () => {
    await expect(run(inspectCommand)).rejects.toThrow(UsageError);
    await expect(run(inspectCommand, "--nonsense", "a")).rejects.toThrow(UsageError);
  });
});
