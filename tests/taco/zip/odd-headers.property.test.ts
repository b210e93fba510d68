import { consumeEntry } from "../../../provider/taco/zip/consume-entry";
import { openZip } from "../../../provider/taco/zip/open-zip";
import { unicodeField } from "../../../scripts/signature/cases/readers";
import { buildZip } from "../zip-builder";
import type { EntrySpec } from "../zip-builder";
import { extraField } from "./records";

/** What is wrong with a package of one such file, header and data read. */
async function problemsOf(spec: Partial<EntrySpec>): Promise<string[]> {
  const zip = await openZip(buildZip([{ name: "a.js", data: "text\n", ...spec }]));
  const [span] = zip.spans;
  const read = span === undefined ? [] : await consumeEntry(zip.source, span, () => undefined);
  return [...zip.problems, ...read].map(({ code }) => code);
}

const places = ["local", "central", "both"] as const;
const known = new Set([0x0001, 0x000a, 0x5455, 0x5855, 0x7855, 0x7875, 0xcafe]);

describe("extra fields", () => {
  it("are refused if they are not on the short list, in whichever header they stand", async () => {
    const passed: string[] = [];
    // Those that some reader knows, and every 61st of all.
    const named = [0x0007, 0x0009, 0x000d, 0x0017, 0x4b46, 0x6375, 0x7075, 0x756e, 0x9901, 0xa220, 0xd935, 0xfb4a];
    const spread = Array.from({ length: 1075 }, (_, index) => index * 61);
    for (const tag of new Set([...named, ...spread])) {
      for (const place of known.has(tag) ? [] : places) {
        const problems = await problemsOf({ [place]: { extra: extraField(tag, [1, 2, 3, 4]) } });
        if (!problems.includes("zip-extra-field")) {
          passed.push(`0x${tag.toString(16)} ${place}`);
        }
      }
    }
    expect(passed).toEqual([]);
  });

  it.each(places)("never give a file another name (%s)", async (place) => {
    const extra = unicodeField(0x7075, "a.js", "b.js");
    expect(await problemsOf({ [place]: { extra } })).toContain("zip-extra-field");
    expect(await problemsOf({ [place]: { extra: unicodeField(0x6375, "", "comment") } })).toContain("zip-extra-field");
  });

  it.each([...known].map((tag) => [`0x${tag.toString(16)}`, tag] as const))(
    "%s is refused in a form that it does not have",
    async (_, tag) => {
      for (const length of [1, 2, 3, 6, 7, 100, 1000]) {
        const codes = await problemsOf({ local: { extra: extraField(tag, Buffer.alloc(length, 0xee)) } });
        expect(codes.some((code) => code === "zip-extra-field" || code === "zip64-contradiction")).toBe(true);
      }
    },
  );
});

describe("file attributes", () => {
  const kinds = [0o010000, 0o020000, 0o060000, 0o120000, 0o140000, 0o160000];

  it("of a link, a device, a pipe or a socket are refused for every host system", async () => {
    const passed: string[] = [];
    for (let host = 0; host < 256; host++) {
      for (const kind of kinds) {
        const problems = await problemsOf({ central: { madeBy: host << 8, attributes: (kind | 0o777) * 65536 } });
        if (!problems.includes("zip-symlink")) {
          passed.push(`${host} ${kind.toString(8)}`);
        }
      }
    }
    expect(passed).toEqual([]);
  });

  it("are allowed as jar, jarsigner, Info-ZIP, 7-Zip and macOS write them", async () => {
    const usual: readonly (readonly [number, number])[] = [[0, 0], [0, 0x20], [3, 0o100644 * 65536], [3, 0o100755 * 65536], [3, (0o100644 * 65536 + 0x8000) >>> 0], [11, 0x20], [11, 0x80], [19, 0o100644 * 65536]]; // prettier-ignore
    for (const [host, attributes] of usual) {
      expect(await problemsOf({ central: { madeBy: host << 8, attributes } })).toEqual([]);
    }
  });
});

it("says of a directory that runs past the end of the file what it is, not what lies in memory", async () => {
  const { problems } = await openZip(buildZip([{ name: "a".repeat(60) }], { count: 2 }));
  expect(problems.map(({ message }) => message)).toContain("A second zip reader refuses this file: unexpected end of file.");
});
