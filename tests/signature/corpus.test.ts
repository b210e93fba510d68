import { openTrustStores, verifyTaco } from "../../provider/signature";
import type { OpenTrustStores, Verdict } from "../../provider/signature";
import { corpus, readCorpusFiles } from "./corpus";
import type { RecordedVerdict } from "./corpus";

const packages = Object.entries(corpus.packages);

/**
 * PULUMI_TABLEAU_CORPUS=whole verifies every package. Otherwise each kind of package (the first word of its name) with each verdict that
 * its kind has, and a sixth of the others, the same each time.
 */
const whole = process.env["PULUMI_TABLEAU_CORPUS"] === "whole";
const kinds = new Set<string>();
const tried = packages.filter(([name, { store: _store, ...verdict }], index) => {
  const kind = `${name.split("-", 1).join("")} ${JSON.stringify(verdict)}`;
  const isNew = !kinds.has(kind);
  kinds.add(kind);
  return whole || isNew || index % 6 === 0;
});
const verified = ({ result, exitCode }: { readonly result: string; readonly exitCode: number }): boolean =>
  result === "verified" && exitCode === 0;

let files: ReadonlyMap<string, Buffer>;
const stores = new Map<string, Promise<OpenTrustStores>>();

beforeAll(async () => {
  files = await readCorpusFiles();
});

const verdicts = new Map<string, Promise<Verdict>>();

/** The verdict on a package, which is verified once. */
function verify(name: string, recorded: RecordedVerdict): Promise<Verdict> {
  const verdict = verdicts.get(name) ?? verifyOnce(name, recorded);
  verdicts.set(name, verdict);
  return verdict;
}

async function verifyOnce(name: string, { store = "store-0.pem" }: RecordedVerdict): Promise<Verdict> {
  const opened = stores.get(store) ?? openTrustStores({ keystores: [{ name: store, bytes: files.get(store) ?? Buffer.alloc(0) }] });
  stores.set(store, opened);
  return verifyTaco(files.get(`${name}.taco`) ?? Buffer.alloc(0), { trust: await opened, at: new Date(corpus.at) });
}

describe(`the corpus, with verdicts of jarsigner ${corpus.jdk}`, () => {
  it("is large and of many kinds", () => {
    expect(packages.length).toBeGreaterThanOrEqual(300);
    expect(new Set(packages.map(([, { jarsigner }]) => `${jarsigner.result} ${jarsigner.exitCode}`)).size).toBeGreaterThanOrEqual(12);
  });

  it.each(tried)("%s", async (name, recorded) => {
    const verdict = await verify(name, recorded);
    expect({
      jarsigner: verdict.jarsigner,
      accepted: verdict.accepted,
      findings: [...new Set(verdict.findings.map(({ code }) => code))].sort(),
    }).toEqual({ jarsigner: recorded.ours ?? recorded.jarsigner, accepted: recorded.accepted, findings: recorded.findings });
  });

  it("was judged by the oldest and the newest JDK 17 that could be had, by 21 and by 25", () => {
    const versions = [...corpus.otherJdks, corpus.jdk];
    expect(versions.filter((version) => version.startsWith("17.")).length).toBeGreaterThanOrEqual(2);
    expect(new Set(versions.map((version) => version.split(".")[0]))).toEqual(new Set(["17", "21", "25"]));
  });

  it("accepts nothing that the jarsigner of any JDK refuses", () => {
    const refusedBySome = packages.filter(
      ([, { accepted, jarsigner, others }]) => accepted && ![jarsigner, ...Object.values(others ?? {})].every(verified),
    );
    expect(refusedBySome.map(([name]) => name)).toEqual([]);
  });

  it("refuses nothing that jarsigner accepts without a code that says why", async () => {
    const refused = tried.filter(([, { accepted, jarsigner }]) => !accepted && verified(jarsigner));
    const ours = await Promise.all(refused.map(([name, recorded]) => verify(name, recorded)));
    expect(ours.filter(({ findings }) => !findings.some(({ severity }) => severity === "refuse"))).toEqual([]);
  });

  // Where Java's versions read an odd name differently, or a name that no host has, refusing it costs nobody anything.
  it.each([
    ["packages without odd names", false, 0.03],
    ["packages made of odd names", true, 0.2],
  ])("agrees with jarsigner's result and exit code: %s", (_which, odd, most) => {
    const chosen = packages.filter(([name]) => name.startsWith("names-") === odd);
    const differing = chosen.filter(([, { ours }]) => ours !== undefined);
    expect(chosen.length).toBeGreaterThan(250);
    expect(differing.length / chosen.length).toBeLessThanOrEqual(most);
  });

  it("says everything in full sentences, each with what to do", async () => {
    const all = await Promise.all(tried.slice(0, 100).map(([name, recorded]) => verify(name, recorded)));
    for (const { message } of all.flatMap(({ findings }) => findings)) {
      expect(message).toMatch(/^\S.*\.\s\S.*\.$/s);
    }
  });
});
