import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { verifyTaco } from "../../provider/signature";

const folder = join(__dirname, "counterexamples");
const names = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => name.slice(0, -".json".length))
  : [];

interface Recorded {
  /** Of the reference JDK; absent where it verifies the package, and another JDK or a reader of zips objects. */
  readonly jarsigner?: { readonly result: string; readonly exitCode: number };
  readonly store: string;
}

describe("what the fuzzer once found", () => {
  it.each(names)("%s is not accepted, and jarsigner's verdict is known", async (name) => {
    const { jarsigner, store } = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Recorded;
    const trust = { keystores: [{ name: "store", bytes: Buffer.from(store) }] };
    const verdict = await verifyTaco(readFileSync(join(folder, `${name}.taco`)), { trust, at: new Date("2026-11-24") });
    expect(verdict).toMatchObject({ accepted: false, ...(jarsigner === undefined ? {} : { jarsigner }) });
  });
});
