import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onWindows as fetch } from "../../../provider/actions/fetch/windows";
import { observeFolder } from "../../../provider/actions/observe/windows-folder";
import { onWindows as place } from "../../../provider/actions/place/windows";
import { stateOf } from "../../../provider/actions/files/windows/state-of";
import { noCounts } from "../../../provider/host/counts";
import { waits } from "../../../provider/host/limits";
import { LocalFiles } from "../../../provider/host/local/windows-files";
import { WindowsMachine } from "../../../provider/host/windows/machine";
import type { WindowsTask } from "../../../provider/host/windows/task";

/** This machine's own files, as those of a Windows machine. */
class LocalMachine extends WindowsMachine {
  constructor() {
    super({
      node: "node1",
      files: new LocalFiles(),
      start: () => Promise.reject(new Error("no command is run")),
      environment: { variables: new Map(), ansiCodePage: undefined },
      counts: noCounts(),
      waits,
      signal: new AbortController().signal,
    });
  }

  override digests(paths: readonly string[]): Promise<(string | null)[]> {
    return Promise.resolve(paths.map((path) => createHash("sha256").update(readFileSync(path)).digest("hex")));
  }
}

// Links as Windows has them, as far as this machine's file system does: what they lead to is never read.
describe("links and junctions in the folders of a Windows machine", () => {
  let folder: string;
  let secret: string;
  const told: string[][] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "links-"));
    secret = join(folder, "secret");
    told.length = 0;
    writeFileSync(secret, "the secret");
    for (const name of ["live", "state", "elsewhere"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "elsewhere/manifest.xml"), "<the-secret/>");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const task = (): WindowsTask => ({
    machine: new LocalMachine(),
    input: Readable.from([]),
    emit: (...record) => void told.push(record),
  });

  test("are told as unreadable, and nothing behind them is told at all", async () => {
    const live = join(folder, "live");
    symlinkSync(secret, join(live, "x.taco"));
    symlinkSync(join(folder, "elsewhere"), join(live, "junction"));
    mkdirSync(join(live, "unpacked"));
    writeFileSync(join(live, "unpacked/manifest.xml"), "<x/>");
    symlinkSync(secret, join(live, "unpacked/data"));
    await observeFolder(task(), live, "me", "/state");
    await fetch({ largest: 1000, total: 5000, paths: [join(live, "x.taco")] }, task());
    expect(told.map((record) => record.join(" ")).sort()).toEqual([
      `directory ${live} 755 me me`,
      "end",
      expect.stringMatching(/^entries .*\/live \d+$/),
      expect.stringMatching(/^folder .*\/live unpacked 755 .* <x\/> $/),
      `missing ${join(live, "x.taco")}`,
      expect.stringMatching(/^unreadable .*\/live x\.taco /),
    ]);
    expect(await stateOf(task().machine, join(live, "x.taco"))).toBe("unreadable");
  });

  test("are not kept, replaced or retired", async () => {
    const live = join(folder, "live");
    symlinkSync(secret, join(live, "x.taco"));
    const digest = createHash("sha256").update("the secret").digest("hex");
    for (const was of [digest, "unreadable"]) {
      const changes = [{ kind: "retire", directory: live, fileName: "x.taco", sha256: null, was }] as const;
      await expect(place({ stateDirectory: join(folder, "state"), changes }, task())).rejects.toMatchObject({ status: 1 });
    }
    expect(told).toEqual([
      ["changed", live, "x.taco", "unreadable"],
      ["failed", "keep x.taco in the store", "Permission denied"],
    ]);
    expect(readFileSync(join(live, "x.taco"), "utf8")).toBe("the secret");
  });
});
