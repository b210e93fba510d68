/**
 * Checks every shell script of the project: what is sent to nodes as it is sent, put together with its functions, and the others as they lie. A script
 * of the provider that is part of nothing that is sent is an error, so that none is left out here.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import becomeFunctions from "../provider/deploy/desktop/become.sh";
import machineFetch from "../provider/deploy/desktop/fetch.sh";
import findConnectors from "../provider/deploy/desktop/find-connectors.sh";
import findDrivers from "../provider/deploy/desktop/find-drivers.sh";
import findFile from "../provider/deploy/desktop/find-file.sh";
import lookAtDriver from "../provider/deploy/desktop/look-at-driver.sh";
import lookAtFile from "../provider/deploy/desktop/look-at-file.sh";
import lookAtConnectors from "../provider/deploy/desktop/look.sh";
import { machineTrustScript } from "../provider/deploy/desktop/machine-trust-script";
import placeFile from "../provider/deploy/desktop/place-file.sh";
import { portable } from "../provider/deploy/desktop/portable";
import removeFile from "../provider/deploy/desktop/remove-file.sh";
import runningProgram from "../provider/deploy/desktop/running-program.sh";
import { cleanScript } from "../provider/deploy/scripts/clean";
import { deliverScript } from "../provider/deploy/scripts/deliver";
import { examineScript } from "../provider/deploy/scripts/examine";
import { fetchScript } from "../provider/deploy/scripts/fetch";
import { forgetScript } from "../provider/deploy/scripts/forget";
import { holdLockScript } from "../provider/deploy/scripts/hold-lock";
import { observeScript } from "../provider/deploy/scripts/observe";
import { placeScript } from "../provider/deploy/scripts/place";
import { recordScript } from "../provider/deploy/scripts/record";
import { stageScript } from "../provider/deploy/scripts/stage";
import { trustScript } from "../provider/deploy/scripts/trust";
import { wrapScript } from "../provider/host/script/prelude";
import { startProgram } from "../provider/host/script/kept/shell-program";
import { tsmScript } from "../provider/tsm/script";

const sent: Readonly<Record<string, string>> = {
  clean: cleanScript,
  deliver: deliverScript,
  examine: examineScript,
  fetch: fetchScript,
  forget: forgetScript,
  "hold-lock": holdLockScript,
  observe: observeScript,
  place: placeScript,
  record: recordScript,
  stage: stageScript,
  trust: trustScript,
  tsm: tsmScript,
  "machine-trust": machineTrustScript,
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
  ...Object.fromEntries(Object.entries(sent).map(([name, text]) => [name, wrapScript({ text, args: [] }, "0", "ends with it")])),
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
