import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../provider/cli/main";
import { modulesOfProgram } from "../../provider/engine/modules-of-program";
import { engineVoice } from "../../provider/engine/engine-voice";
import { toDynamicProvider } from "../../provider/engine/to-dynamic-provider";
import { toJson } from "../../provider/engine/to-dynamic-provider";
import type { Lifecycle } from "../../provider/lifecycle/lifecycle";
import { PartialFailure } from "../../provider/lifecycle/partial-failure";
import { verifyTaco } from "../../provider/signature";
import { makeTaco } from "../../simulator";

// Moves the cursor, sets a title, turns writing round, hides, and pretends to be a line of ours.
const hostile = "a\x1b[2J\x1b]0;t\x07\x9b1m\u202eocat.\u200b\udc0a\udcff";
const acted = /[\0-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;
const shown = "a\\u001b[2J\\u001b]0;t\\u0007\\u009b1m\\u202eocat.\\u200b\\x0a\\xff";

let folder: string;

beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "edges-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lifecycle(work: () => unknown): Lifecycle {
  const fails = (): never => {
    throw work();
  };
  return {
    check: async () => fails(),
    diff: async () => fails(),
    create: async () => fails(),
    read: async () => fails(),
    update: async () => fails(),
    delete: async () => fails(),
  };
}

describe("the engine", () => {
  test.each<[string, (provider: ReturnType<typeof toDynamicProvider>) => Promise<unknown>]>([
    ["check", (provider) => provider.check({}, {})],
    ["diff", (provider) => provider.diff("id", {}, {})],
    ["create", (provider) => provider.create({})],
    ["read", (provider) => provider.read("id", {})],
    ["update", (provider) => provider.update("id", {}, {})],
    ["delete", (provider) => provider.delete("id", {})],
  ])("is told by %s what went wrong, in what may be printed", async (_name, call) => {
    for (const error of [new Error(hostile), new PartialFailure("id", {}, new Error(hostile))]) {
      const told = await call(toDynamicProvider(() => lifecycle(() => error))).catch((reason: unknown) =>
        String((reason as { message?: string }).message ?? reason),
      );
      expect(told).toContain(shown);
      expect(told).not.toMatch(acted);
    }
  });

  test("hears failures of a check in what may be printed", async () => {
    const provider = toDynamicProvider(() => ({
      ...lifecycle(() => new Error()),
      check: async () => ({ inputs: {}, failures: [{ property: "source", reason: hostile }] }),
    }));
    expect((await provider.check({}, {})).failures).toEqual([{ property: "source", reason: shown }]);
  });

  test("hears sentences, warnings and progress in what may be printed", () => {
    const written: string[] = [];
    const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
    const voice = engineVoice(undefined, modulesOfProgram);
    voice.say("urn", hostile);
    voice.warn("urn", `${hostile}!`);
    voice.progress("urn", hostile);
    write.mockRestore();
    expect(written).toEqual([`${shown}\n`, `${shown}!\n`, `${shown}\n`]);
  });

  test("gets no text that is no UTF-8, and everything else as it is", () => {
    expect(toJson({ [`k\udc0a`]: ["\udcff", "\ud800", "😀\x1b\n\\udc0a"], none: undefined })).toEqual({
      "k\\udc0a": ["\\udcff", "\\ud800", "😀\x1b\n\\udc0a"],
    });
  });
});

describe("the command line", () => {
  const run = async (...args: string[]): Promise<{ readonly out: string; readonly all: string }> => {
    const [out, all]: string[][] = [[], []];
    await main(args, { out: (text) => [out, all].forEach((one) => one?.push(text)), err: (text) => all?.push(text) });
    return { out: out?.join("") ?? "", all: all?.join("") ?? "" };
  };

  test.each([["inspect"], ["verify"], ["no-such-command\x1b[2J"], ["doctor", "--server-file"]])(
    "prints of %s what may be printed",
    async (...args) => {
      const { all } = await run(...args, join(folder, "x\x1b[2J\u202e.taco"));
      expect(all).toMatch(/\\(?:u00|x)1b\[2J/);
      expect(all).not.toMatch(acted);
    },
  );

  test("prints JSON that reads as what is there", async () => {
    const path = join(folder, "y\x9b\u202e.taco");
    writeFileSync(path, makeTaco({ class: "a_jdbc", pluginVersion: "1.0.0" }));
    for (const command of ["inspect", "verify"]) {
      const { out, all } = await run(command, path, "--json");
      expect(all).not.toMatch(acted);
      expect(JSON.parse(out)).toMatchObject({ file: path });
    }
  });
});

test("findings of a package are one line each", async () => {
  const bytes = makeTaco({ class: "a_jdbc", pluginVersion: "1.0.0", files: { "x\n  refused [trust] y\x1b[2J": "z" } });
  const { findings } = await verifyTaco(bytes, {});
  for (const { message } of findings) expect(message).not.toMatch(/[\0-\x1f\x7f-\x9f]/);
});
