/**
 * Checks every shell script of the project: what is sent to nodes as it is sent, put together with its functions, and the others as they lie. A script
 * of the provider that is part of nothing that is sent is an error, so that none is left out here.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import becomeFunctions from "../provider/machine/files/become.sh";
import machineFetch from "../provider/machine/fetch/unix.sh";
import findConnectors from "../provider/machine/files/find-connectors.sh";
import findDrivers from "../provider/machine/files/find-drivers.sh";
import findFile from "../provider/machine/files/find-file.sh";
import lookAtDriver from "../provider/machine/observe-driver/unix.sh";
import lookAtFile from "../provider/machine/observe-file/unix.sh";
import lookAtConnectors from "../provider/machine/observe/unix.sh";
import { machineTrust } from "../provider/machine/trust";
import placeFile from "../provider/machine/place-file/unix.sh";
import { portable } from "../provider/machine/files/portable";
import removeFile from "../provider/machine/remove-file/unix.sh";
import runningProgram from "../provider/machine/files/running-program.sh";
import { clean } from "../provider/actions/clean";
import { deliver } from "../provider/actions/deliver";
import { examine } from "../provider/actions/examine";
import { fetch } from "../provider/actions/fetch";
import { forget } from "../provider/actions/forget";
import { lock } from "../provider/actions/lock";
import { observe } from "../provider/actions/observe";
import { place } from "../provider/actions/place";
import { record } from "../provider/actions/record";
import { stage } from "../provider/actions/stage";
import { trust } from "../provider/actions/trust";
import { wrapScript } from "../provider/host/script/prelude";
import { startProgram } from "../provider/host/script/kept/shell-program";
import { tsmScript } from "../provider/tsm/script";

const sent: Readonly<Record<string, string>> = {
  clean: clean.linux,
  deliver: deliver.linux,
  examine: examine.linux,
  fetch: fetch.linux,
  forget: forget.linux,
  "hold-lock": lock.linux,
  observe: observe.linux,
  place: place.linux,
  record: record.linux,
  stage: stage.linux,
  trust: trust.linux,
  tsm: tsmScript,
  "machine-trust": machineTrust.linux,
  // Scripts for machines of people are two: one that finds out where the other works.
  "find-connectors": `body=''\n${becomeFunctions}${findConnectors}`,
  "find-drivers": `body=''\n${becomeFunctions}${findDrivers}`,
  "find-file": `body=''\n${becomeFunctions}${findFile}`,
  "look-at-connectors": `${portable}${lookAtConnectors}${runningProgram}`,
  "look-at-driver": `${portable}${lookAtDriver}${runningProgram}`,
  "look-at-file": portable + lookAtFile,
  "place-file": portable + placeFile,
  "remove-file": portable + removeFile,
  "fetch-from-machine": portable + machineFetch,
};

const texts = {
  ...Object.fromEntries(Object.entries(sent).map(([name, linux]) => [name, wrapScript({ linux, args: [] }, "0", "ends with it")])),
  "start-program": startProgram,
};
const shellFiles = (room: string): string[] =>
  readdirSync(room, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sh"))
    .map((file) => join(room, file));
const folder = mkdtempSync(join(tmpdir(), "pulumi-tableau-shell-"));
try {
  const files = Object.entries(texts).map(([name, text]) => {
    const file = join(folder, `${name}.sh`);
    writeFileSync(file, text);
    return file;
  });
  const lost = shellFiles("provider").filter((file) => !Object.values(texts).some((text) => text.includes(readFileSync(file, "utf8"))));
  for (const file of lost) console.error(`${file} is part of no script in scripts/lint-shell.ts.`);
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
