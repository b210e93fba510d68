import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cmdLine } from "../../../provider/host/windows/cmd-line";
import { noInput } from "../../../simulator/windows/cmd/line-input";
import { withoutOuterQuotes } from "../../../simulator/windows/cmd/outer-quotes";
import { runLine } from "../../../simulator/windows/cmd/run-line";
import type { Shell } from "../../../simulator/windows/cmd/shell";
import { Variables } from "../../../simulator/windows/cmd/variables";
import { WindowsFiles } from "../../../simulator/windows/files/windows-files";
import { argumentLists } from "../../wine/support/argument-lists";
import { temporaryFolder } from "../support";

// The same lists that tests/wine sends through wine's cmd.exe: so the simulated one agrees with it.
describe.each(["program", "batch"] as const)("lists of arguments for a %s, in the simulated cmd.exe", (kind) => {
  const root = temporaryFolder();
  const got: string[][] = [];
  const shell: Shell = {
    variables: new Variables({ PATHEXT: ".EXE;.CMD", Path: "C:\\bin", cd: "C:\\here" }),
    folder: "C:\\",
    errorLevel: 0,
    codePage: 65001,
    files: new WindowsFiles(root),
    programs: { "args.exe": ({ args }) => got.push([...args]) - got.length },
  };
  beforeAll(() => {
    mkdirSync(join(root, "C:", "my programs"), { recursive: true });
    writeFileSync(join(root, "C:", "my programs", "args.exe"), "");
    writeFileSync(join(root, "C:", "my programs", "args.cmd"), '@echo off\r\n"%~dp0args.exe" %*\r\n');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test("come back byte for byte", async () => {
    const lists = argumentLists(1000, kind);
    for (const list of lists) {
      const line = cmdLine(`C:\\my programs\\args.${kind === "program" ? "exe" : "cmd"}`, list);
      await runLine(
        withoutOuterQuotes(`"${line}"`, () => false),
        shell,
        { input: noInput(), sinks: new Map() },
      );
    }
    expect(got).toEqual(lists);
  });
});
