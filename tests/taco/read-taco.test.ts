import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { TableauError } from "../../provider/vocabulary/error";
import { readTaco } from "../../provider/taco";
import { buildZip } from "./zip-builder";
import type { EndFields, EntrySpec } from "./zip-builder";

const manifest = `<?xml version='1.0' encoding='utf-8'?>
<connector-plugin class='clickhouse_jdbc' superclass='jdbc' plugin-version='0.2.1' name='ClickHouse' version='18.1' min-version-tableau='2020.3'>
  <vendor-information><company name='ClickHouse'/><support-link url='https://example.com'/></vendor-information>
  <connection-customization class='clickhouse_jdbc' enabled='true' version='10.0'><vendor name='v'/><driver name='d'/></connection-customization>
  <connection-fields file='connectionFields.xml'/>
  <dialect file='dialect.tdd'/>
  <oauth-config file='null_config'/>
</connector-plugin>`;

const honest: readonly EntrySpec[] = [
  { name: "META-INF/MANIFEST.MF", data: "Manifest-Version: 1.0\r\n\r\n" },
  { name: "manifest.xml", data: manifest },
  { name: "connectionFields.xml", data: "<connection-fields/>" },
  { name: "dialect.tdd", data: "<dialect/>", method: 0 },
];

const read = (specs: readonly EntrySpec[], end?: EndFields) => readTaco(buildZip(specs, end));

describe("readTaco", () => {
  it("tells what a package says about itself", async () => {
    await expect(read(honest)).resolves.toMatchObject({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      kind: "connector",
      pluginClass: "clickhouse_jdbc",
      superclass: "jdbc",
      pluginVersion: "0.2.1",
      minVersionTableau: "2020.3",
      vendor: "ClickHouse",
      name: "ClickHouse",
      hasVendorInformation: true,
      signed: false,
      entries: honest.map(({ name }) => ({ name, size: expect.any(Number) })),
    });
  });

  it("reads the same from a path as from bytes, also a file that is too large to be read whole", async () => {
    const directory = mkdtempSync(join(tmpdir(), "taco-"));
    const path = join(directory, "a.taco");
    const large = randomBytes(9 * 1024 * 1024);
    const bytes = buildZip([...honest, { name: "packed.bin", data: large }, { name: "stored.bin", data: large, method: 0 }]);
    writeFileSync(path, bytes);
    try {
      expect(await readTaco({ path })).toEqual(await readTaco(bytes));
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it.each([
    ["RSA", true],
    ["EC", true],
    ["dsa", true],
    ["txt", false],
  ])("sees a signature by its file and its block (.%s)", async (extension, signed) => {
    const taco = await read([...honest, { name: "META-INF/A.SF" }, { name: `META-INF/A.${extension}` }]);
    expect(taco.signed).toBe(signed);
  });

  it.each([
    ["META-INF/AB.SF", "META-INF/AB.RSA", true],
    ["META-INF/A.MF", "META-INF/A.RSA", false],
    ["META-INF/A.SFX", "META-INF/A.SRSA", false],
    ["a/META-INF/A.SF", "a/META-INF/A.RSA", false],
    ["META-INF/a/A.SF", "META-INF/a/A.RSA", false],
  ])("takes %s and %s for a signature: %s", async (file, block, signed) => {
    expect((await read([...honest, { name: file }, { name: block }])).signed).toBe(signed);
  });

  it("hashes the package as it is, whatever its size", async () => {
    for (const size of [0, 9 * 1024 * 1024]) {
      const bytes = buildZip([...honest, { name: "filling", data: randomBytes(size), method: 0 }]);
      expect((await readTaco(bytes)).sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });

  it("reads a package with a comment, which the signature decides on", async () => {
    await expect(read(honest, { comment: Buffer.from("by us") })).resolves.toMatchObject({ pluginClass: "clickhouse_jdbc" });
  });

  // Blanks, which XML and JSON pass over.
  const upTo = (text: string, size: number): string => text + " ".repeat(size - text.length);
  const most = 3 * 1024 * 1024;
  const short = `<connector-plugin class='a' superclass='b' plugin-version='1'/>`;
  const json = `{"name":"a","version":"1","tableau-version":{"min":"2023.1"}}`;
  it.each([
    ["manifest.xml", short],
    ["connector.json", json],
  ])("reads a %s of 3 MB, and no larger one", async (name, data) => {
    await expect(read([{ name, data: upTo(data, most) }])).resolves.toMatchObject({ pluginClass: "a" });
    await expect(read([{ name, data: upTo(data, most + 1) }])).rejects.toMatchObject({
      message: expect.stringContaining("It has no manifest.xml (of at most 3 MB) at its top level."),
    });
  });

  it.each([
    ["manifest.xml", "<a>"],
    ["connector.json", "{"],
  ])("names the file that cannot be used: %s", async (name, data) => {
    await expect(read([{ name, data }])).rejects.toMatchObject({ message: expect.stringContaining(`Its ${name} cannot be used: `) });
  });

  it("tells the first problems, and how many more there are", async () => {
    const wrong = (count: number): EntrySpec[] => Array.from({ length: count }, (_, i) => ({ name: `../${i}` }));
    const told = async (count: number): Promise<string> =>
      String(await read([...honest, ...wrong(count)]).catch((error: unknown) => error));
    expect((await told(8)).match(/'\.\.' segment/g)).toHaveLength(8);
    expect(await told(8)).not.toMatch(/more of this kind/);
    expect((await told(10)).match(/'\.\.' segment/g)).toHaveLength(8);
    expect(await told(10)).toMatch(/ And 2 more of this kind\./);
  });

  it.each<[string, readonly EntrySpec[]]>([
    [
      "with a manifest of another superclass",
      [{ name: "manifest.xml", data: `<connector-plugin class='a' superclass='wdc' plugin-version='1'/>` }],
    ],
    [
      "with a page",
      [{ name: "manifest.xml", data: `<connector-plugin class='a' superclass='x' plugin-version='1'/>` }, { name: "index.html" }],
    ],
    ["with a connector.json only", [{ name: "connector.json", data: `{"name":"a","version":"1","tableau-version":{"min":"2023.1"}}` }]],
  ])("reads a web data connector %s", async (_, specs) => {
    await expect(read(specs)).resolves.toMatchObject({ kind: "web-data-connector", pluginClass: "a", pluginVersion: "1" });
  });

  const xml = (data: string | Buffer): readonly EntrySpec[] => [{ name: "manifest.xml", data }];
  const rest = honest.slice(1);
  it.each<[string, readonly EntrySpec[], EndFields, RegExp]>([
    ["no manifest", [{ name: "a.txt" }], {}, /has no manifest\.xml/],
    ["a declared file that is missing", honest.slice(0, 3), {}, /does not hold: "dialect\.tdd"/],
    ["a manifest without class and version", xml("<connector-plugin superclass='odbc'/>"), {}, /class of .* missing; .*plugin-version/],
    [
      "a plugin-version that is none",
      xml("<connector-plugin class='a' superclass='b' plugin-version='v1'/>"),
      {},
      /plugin-version is "v1"/,
    ],
    ["another root element", xml("<plugin/>"), {}, /root element is <plugin>/],
    ["a DOCTYPE", xml(`<!DOCTYPE a [<!ENTITY b "c">]><connector-plugin/>`), {}, /DOCTYPE/],
    ["an undefined entity", xml(`<connector-plugin class='&b;'/>`), {}, /not well-formed/],
    ["bytes that are not UTF-8", xml(Buffer.from([0x3c, 0x61, 0xff])), {}, /not utf-8/],
    ["an unknown encoding", xml(`<?xml version='1.0' encoding='ebcdic'?><a/>`), {}, /encoded as "ebcdic"/],
    ["a prefix", honest, { prefix: Buffer.from("#!/bin/sh\n") }, /10 bytes lie before/],
    ["a suffix", honest, { suffix: Buffer.from("tail") }, /4 bytes follow the end record/],
    ["an understated count", honest, { count: 2 }, /counts 2 entries, the central directory has 4/],
    ["bytes before the end record", honest, { beforeEnd: Buffer.alloc(4) }, /central/],
    ["a hidden entry", [...honest, { name: "evil", data: "x", hiddenFromDirectory: true }], {}, /belong to no entry/],
    ["another name in the local header", [...rest, { name: "a", local: { name: Buffer.from("b") } }], {}, /another name/],
    ["another method in the local header", [...rest, { name: "a", local: { method: 0 } }], {}, /another compression method/],
    ["another size in the local header", [...rest, { name: "a", local: { size: 7 } }], {}, /another size/],
    ["a wrong CRC", [...rest, { name: "a", data: "a", both: { crc: 1 } }], {}, /CRC of "a" is wrong/],
    ["more data than declared", [...rest, { name: "a", data: "aaaa", both: { size: 1 } }], {}, /longer than declared/],
    ["less data than declared", [...rest, { name: "a", data: "aaaa", both: { size: 9 } }], {}, /has 4 bytes/],
    [
      "bytes behind the packed data",
      [...rest, { name: "a", packed: Buffer.concat([deflateRawSync(""), Buffer.from("zz")]) }],
      {},
      /packed/,
    ],
    ["a gap", [...rest, { name: "a", trailer: Buffer.from("gap") }, { name: "b" }], {}, /3 bytes that belong to no entry/],
    ["two equal names", [...rest, { name: "dialect.tdd", data: "x" }], {}, /twice/],
    ["names that differ in case", [...rest, { name: "Dialect.TDD" }], {}, /same file on Windows/],
    ["names that differ in Unicode form", [...rest, { name: "\u00e9" }, { name: "e\u0301" }], {}, /same file on Windows/],
    ["names that differ in a trailing dot", [...rest, { name: "dialect.tdd." }], {}, /same file on Windows/],
    ["a path upwards", [...rest, { name: "../a" }], {}, /'\.\.' segment/],
    ["an absolute path", [...rest, { name: "/a" }], {}, /absolute/],
    ["a drive", [...rest, { name: "c:a" }], {}, /colon/],
    ["a backslash", [...rest, { name: "a\\b" }], {}, /backslash/],
    ["a control character", [...rest, { name: "a\u0000" }], {}, /control/],
    ["an empty name", [...rest, { name: "" }], {}, /empty name/],
    ["a symbolic link", [...rest, { name: "a", central: { madeBy: 3 << 8, attributes: 0o120777 * 65536 } }], {}, /link/],
    [
      "a needless zip64 field",
      [...rest, { name: "a", central: { extra: Buffer.from("010008000000000000000000", "hex") } }],
      {},
      /zip64 field/,
    ],
    ["an encrypted entry", [...rest, { name: "a", both: { flags: 1 } }], {}, /encrypted/],
    ["an unknown method", [...rest, { name: "a", both: { method: 12 } }], {}, /method 12/],
    ["a name that is not UTF-8", [...rest, { name: "a", both: { name: Buffer.from([0xc0, 0xaf]) } }], {}, /not UTF-8/],
    ["broken packed data", [...rest, { name: "a", data: "aaaa", packed: Buffer.from([0xff, 0xff]) }], {}, /broken/],
    ["a directory outside the file", honest, { directorySize: 0xffffff }, /outside the file|no zip file|not a zip/],
  ])("refuses a package with %s", async (_, specs, end, message) => {
    const error = await read(specs, end).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TableauError);
    expect(error).toMatchObject({ code: "package-unreadable", message: expect.stringMatching(message) });
  });

  it("refuses what is no zip, and a file that is not there", async () => {
    await expect(readTaco(Buffer.from("hello"))).rejects.toMatchObject({ code: "package-unreadable" });
    await expect(readTaco(Buffer.alloc(0))).rejects.toMatchObject({ code: "package-unreadable" });
    await expect(readTaco({ path: "/does/not/exist.taco" })).rejects.toMatchObject({ code: "package-unreadable" });
  });

  it("tells all problems at once", async () => {
    await expect(read([...honest, { name: "../a" }, { name: "dialect.tdd" }], { prefix: Buffer.from("x") })).rejects.toMatchObject({
      message: expect.stringMatching(/before the first entry[\s\S]*segment[\s\S]*twice/),
    });
  });
});
