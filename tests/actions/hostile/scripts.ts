import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { fetchFromMachine } from "../../../provider/machine/fetch";
import { observeDriver } from "../../../provider/machine/observe-driver";
import { observeFile } from "../../../provider/machine/observe-file";
import { observeConnectors } from "../../../provider/machine/observe";
import { placeOnMachine } from "../../../provider/machine/place-file";
import { removeFromMachine } from "../../../provider/machine/remove-file";
import { clean } from "../../../provider/actions/clean";
import { deliver } from "../../../provider/actions/deliver";
import { examine } from "../../../provider/actions/examine";
import { fetch } from "../../../provider/actions/fetch";
import { forget } from "../../../provider/actions/forget";
import { lock } from "../../../provider/actions/lock";
import { observe } from "../../../provider/actions/observe";
import { place } from "../../../provider/actions/place";
import { record } from "../../../provider/actions/record";
import { stage } from "../../../provider/actions/stage";
import type { Answer, Host } from "../../../provider/host/host";
import { noWindows } from "../support/node";
import { type Territory, user } from "./territory";

const ours = Buffer.from("bytes of ours");
const ourDigest = sha256(ours);
const theirs = sha256(Buffer.from("bytes of the user"));

const note = ".pulumi-tableau.x.taco.owner";

/** The names that the scripts touch in a folder of a person's machine: each for itself, and the one that they need for x.taco. */
export const machineNames = { apart: ["x.taco", "x.jar", "unpacked"], alone: [note] } as const;

/** Every script for a machine of a person, run by root in that person's folder, which is called Connectors. */
export async function runAllOnMachine(host: Host, { live, secretDigest }: Territory): Promise<string> {
  const heard: Answer[] = [];
  const run = async (name: string, linux: string, args: readonly string[], input?: Buffer): Promise<void> => {
    heard.push(
      await host.run({ name, linux, windows: noWindows, args, as: "login", timeoutSeconds: 30, ...(input === undefined ? {} : { input }) }),
    );
  };
  await run("look", observeConnectors.linux, ["desktop", dirname(live), "x.taco"]);
  await run("look at driver", observeDriver.linux, ["desktop", live, "x.jar"]);
  const paths = [...machineNames.apart, ...machineNames.alone].map((name) => `${live}/${name}`);
  for (const path of paths) await run("look at file", observeFile.linux, [path]);
  await run("fetch", fetchFromMachine.linux, ["100000", "1000000", ...paths]);
  for (const was of ["-", theirs, secretDigest, "unreadable", "other"]) {
    await run("place", placeOnMachine.linux, [live, "x.taco", ourDigest, was, "644", "token"], ours);
    await run("place", placeOnMachine.linux, [live, "x.jar", ourDigest, was, "644", "token"], ours);
  }
  await run("remove", removeFromMachine.linux, [live, "x.taco", secretDigest, "token"]);
  await run("remove", removeFromMachine.linux, [live, "x.taco", ourDigest, ""]);
  return heard.map(({ records, errorText }) => JSON.stringify(records) + errorText).join("\n");
}

/** The names that the scripts touch in a live folder: each for itself, and the one that they need for x.taco. */
export const liveNames = { apart: ["x.taco", "x.jar", "unpacked"], alone: [`.pulumi-tableau.${ourDigest}.part`] } as const;
export const names = [...liveNames.apart, ...liveNames.alone];

/** Every script, as a whole run has them, once with each answer that the one before may have given. */
export async function runAll(host: Host, territory: Territory): Promise<string> {
  const { live, state, secretDigest } = territory;
  const heard: Answer[] = [];
  const run = async (name: string, linux: string, args: readonly string[], input?: Buffer): Promise<void> => {
    heard.push(
      await host.run({
        name,
        linux,
        windows: noWindows,
        args,
        as: "privileged",
        timeoutSeconds: 30,
        ...(input === undefined ? {} : { input }),
      }),
    );
  };
  const change = (...steps: readonly string[]): Promise<void> => run("place", place.linux, [state, ...steps]);
  await run("hold-lock", lock.linux, [state, "me", "0"]);
  await run("observe", observe.linux, [state, "1", ourDigest, live, `${live}/below`]);
  await run("fetch", fetch.linux, ["100000", "1000000", ...names.map((name) => `${live}/${name}`), `${state}/store/${ourDigest}`]);
  await run("examine", examine.linux, [state, live, `${live}/below`]);
  await run("deliver", deliver.linux, [state, ourDigest, String(ours.length), "class", "1.0", "x.taco", `${live}/x.taco`], ours);
  await run("stage", stage.linux, [state, live, ourDigest]);
  for (const was of ["-", theirs, secretDigest, "unreadable", "other"]) {
    await change("place", live, "x.taco", ourDigest, was);
    await change("retire", live, "x.jar", "-", was);
    await change("retire", live, "unpacked", "-", was);
  }
  await change("mend", live, "x.taco", ourDigest, "-");
  await change("mend", live, "x.taco", secretDigest, String(user));
  await change("mend", live, "x.jar", secretDigest, "-");
  await change("open", live, "-", "-", "-");
  await run("record", record.linux, [state, "due", "why", sha256(Buffer.from("{}"))], Buffer.from("{}"));
  await run("observe", observe.linux, [state, "1", ourDigest, live]);
  await run("clean", clean.linux, [state, "1", live]);
  await run("forget", forget.linux, [state]);
  return heard.map(({ records, errorText }) => JSON.stringify(records) + errorText).join("\n");
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
