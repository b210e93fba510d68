import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTaco } from "../../simulator";
import { readManifest } from "../../simulator/connectors/read-manifest";
import { temporaryFolder } from "./support";

describe("makeTaco", () => {
  const folder = temporaryFolder();
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (bytes: Buffer): ReturnType<typeof readManifest> => {
    const path = join(folder, "x.taco");
    writeFileSync(path, bytes);
    return readManifest(path);
  };

  test("gives the same bytes for the same options", () => {
    const options = { class: "clickhouse_jdbc", pluginVersion: "1.2.0", signed: "fake" } as const;
    expect(makeTaco(options).equals(makeTaco(options))).toBe(true);
    expect(makeTaco(options).equals(makeTaco({ ...options, pluginVersion: "1.2.1" }))).toBe(false);
  });

  test.each([
    ["none", false],
    ["fake", true],
  ] as const)("is a package with signature %s", async (signed, hasSignature) => {
    expect(await read(makeTaco({ class: "a_b", pluginVersion: "1.2-3", minVersionTableau: "2021.1", signed }))).toEqual({
      class: "a_b",
      pluginVersion: "1.2-3",
      minVersionTableau: "2021.1",
      hasSignature,
    });
  });

  test("writes what it is given as text, never as markup", async () => {
    expect(await read(makeTaco({ class: 'it\'s <x> & "y"', pluginVersion: "1" }))).toMatchObject({
      class: "it&apos;s &lt;x&gt; &amp; &quot;y&quot;",
    });
  });

  test.each([
    ["a cut archive", makeTaco({ class: "a", pluginVersion: "1" }).subarray(0, 500)],
    ["no archive", Buffer.from("not a zip")],
    ["nothing", Buffer.alloc(0)],
  ])("the reader takes %s for no connector", async (_name, bytes) => {
    expect(await read(bytes)).toBeUndefined();
  });
});
