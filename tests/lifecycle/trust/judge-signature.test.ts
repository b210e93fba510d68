import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judgeSignature } from "../../../provider/lifecycle/trust/judge-signature";
import * as consume from "../../../provider/taco/zip/consume-entry";
import { openZip } from "../../../provider/taco/zip/open-zip";
import { pem } from "../../../scripts/signature/build/certificates";
import { defaultStore, jar } from "../../../scripts/signature/cases/case";

jest.mock("../../../provider/taco/zip/consume-entry", () => {
  const actual = jest.requireActual<typeof consume>("../../../provider/taco/zip/consume-entry");
  return { ...actual, consumeEntry: jest.fn(actual.consumeEntry) };
});

const bytes = jar({});
let folder: string;
let cacerts: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "judge-"));
  for (const name of ["lib", "conf"]) mkdirSync(join(folder, name, "security"), { recursive: true });
  cacerts = join(folder, "lib", "security", "cacerts");
  writeFileSync(cacerts, defaultStore.map(pem).join(""));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("a package is unpacked once, although its trust and its summary are judged apart", async () => {
  const { entries } = await openZip(bytes);
  const { trustJudged, summary } = await judgeSignature({ bytes, trustStores: [cacerts], tableauVersion: "2024.2" });
  expect({ trustJudged, status: summary.status }).toEqual({ trustJudged: true, status: "signed" });
  expect(jest.mocked(consume.consumeEntry)).toHaveBeenCalledTimes(entries.length);
});

test("the summary does not depend on what a server's JRE disables; the refusals do", async () => {
  writeFileSync(join(folder, "conf", "security", "java.security"), "jdk.jar.disabledAlgorithms=SHA256\n");
  const plain = await judgeSignature({ bytes, trustStores: [] });
  const judged = await judgeSignature({ bytes, trustStores: [cacerts] });
  expect(judged.refusals.join(" ")).toContain("SHA256");
  expect(judged.summary).toEqual(plain.summary);
  expect(plain.summary.status).toBe("signed");
});
