/**
 * Checks every shell script of the project: what is sent to nodes as it is sent, put together with its functions, and the others as they lie. Actions are
 * found by their folders, and a file of shell that is part of nothing that is sent is an error, so that none is left out.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProgram } from "../provider/host/script/kept/shell-program";
import { wrapScript } from "../provider/host/script/prelude";
import { tsmScript } from "../provider/tsm/script";
import { allActions } from "./all-actions";

// A script for a person's machine has another in it, as the value of `body`, which shellcheck would take for a text.
const body = /(?<=^body=)'((?:[^']|'\\'')*)'$/m;
const partsOf = ([name, text]: readonly [string, string]): [string, string][] => {
  const [, quoted] = body.exec(text) ?? [];
  if (quoted === undefined) return [[name, text]];
  return [
    [name, text.replace(body, "''")],
    [`${name} body`, quoted.replaceAll("'\\''", "'")],
  ];
};

const sent = [...allActions()].map(([folder, { linux }]) => [folder, linux] as const);
const parts = [...sent, ["tsm", tsmScript] as const].flatMap(partsOf);
const texts = {
  ...Object.fromEntries(parts.map(([name, linux]) => [name, wrapScript({ linux, args: [] }, "0", "ends with it")])),
  "start-program": startProgram,
};
const shellFiles = (room: string): string[] =>
  readdirSync(room, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sh"))
    .map((file) => join(room, file));
const folder = mkdtempSync(join(tmpdir(), "pulumi-tableau-shell-"));
try {
  const files = Object.entries(texts).map(([name, text]) => {
    const file = join(folder, `${name.replaceAll(/[/ ]/g, "-")}.sh`);
    writeFileSync(file, text);
    return file;
  });
  const lost = shellFiles("provider").filter((file) => !Object.values(texts).some((text) => text.includes(readFileSync(file, "utf8"))));
  for (const file of lost) console.error(`${file} is part of nothing that is sent to a node.`);
  // A script need not use all functions that come with it; files of a node are not here to be followed into.
  const excluded = "SC2317,SC1091";
  const lint = (shell: "sh" | "bash", paths: readonly string[]): number =>
    spawnSync("shellcheck", ["--exclude", excluded, "-s", shell, ...paths], { stdio: "inherit" }).status ?? 1;
  const others = [".ci/run", ...shellFiles("simulator/scripts")];
  const isBash = (file: string): boolean => /^#!.*bash/.test(readFileSync(file, "utf8"));
  const statuses = [lint("sh", [...files, ...others.filter((file) => !isBash(file))]), lint("bash", others.filter(isBash))];
  process.exitCode = lost.length > 0 || statuses.some((status) => status !== 0) ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
