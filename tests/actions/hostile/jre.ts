import { createHash } from "node:crypto";
import { chmodSync, existsSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { questionOf } from "../../../provider/actions/action";
import { arg } from "../../../provider/actions/arguments";
import { deliver } from "../../../provider/actions/deliver";
import { observeTrust } from "../../../provider/actions/observe-trust";
import { place } from "../../../provider/actions/place";
import { stageTrust } from "../../../provider/actions/stage-trust";
import type { Answer, Host } from "../../../provider/host/host";
import { liveChanges } from "../support/live-changes";
import { type Territory, user } from "./territory";

const ours = Buffer.from("a certificate of ours");
const sha256 = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("hex");

/** The names that the scripts touch in the folder of a trust store. */
export const trustNames = {
  apart: ["cacerts"],
  alone: [".pulumi-tableau.new.1.part", `.pulumi-tableau.${sha256(ours)}.part`],
} as const;

/** What a keytool leaves in place of the store that it was given, after it has done what it was asked for. */
export const keytools = ["honest", "a link", "a device", "a pipe", "another name", "an endless file", "another folder"] as const;
export type Keytool = (typeof keytools)[number];

/** Gives a live folder that is called jre/lib/security the rest of its JRE, which belongs to whom the folder belongs to. */
export function makeJre(territory: Territory, keytool: Keytool): void {
  const home = dirname(dirname(territory.live));
  const packages = join(territory.base, "opt/tableau/tableau_server/packages");
  mkdirSync(join(home, "bin"), { recursive: true });
  mkdirSync(packages, { recursive: true });
  symlinkSync(dirname(home), join(packages, "repository.1"));
  const program = join(home, "bin/keytool");
  writeFileSync(program, programOf(keytool, territory));
  chmodSync(program, 0o755);
  if (lstatSync(territory.live).uid !== user) return;
  execFileSync("chown", ["-h", `${String(user)}:${String(user)}`, home, join(home, "bin"), join(home, "lib"), program]);
}

function programOf(keytool: Keytool, { secret, closed, live }: Territory): string {
  const trick: Readonly<Record<Keytool, string>> = {
    honest: "",
    "a link": `rm -f "$store"; ln -s ${secret} "$store"`,
    "a device": `rm -f "$store"; ln -s /dev/zero "$store"`,
    "a pipe": `rm -f "$store"; mkfifo "$store"`,
    "another name": `rm -f "$store"; ln ${secret} "$store"`,
    "an endless file": `truncate -s 4T "$store"`,
    "another folder": `mv ${live} ${live}.aside; ln -s ${closed} ${live}`,
  };
  return `#!/bin/sh
while [ $# -gt 0 ]; do
  case $1 in -keystore) store=$2 ;; -exportcert | -importcert | -delete) what=$1 ;; esac
  shift
done
case $what in -exportcert) printf 'a certificate of ours' ;; -importcert) cat >> "$store" ;; esac
${trick[keytool]}
exit 0
`;
}

/** Every script that reads or writes a trust store, as a whole run has them, once with each answer that the one before may have given. */
export async function runAllOnTrust(host: Host, territory: Territory): Promise<string> {
  const { live, state, base, secretDigest } = territory;
  const heard: Answer[] = [];
  const ask = async (question: Parameters<Host["run"]>[0]): Promise<void> => void heard.push(await host.run(question));
  const seconds = { timeoutSeconds: 30 };
  const described = {
    sha256: sha256(ours),
    size: ours.length,
    pluginClass: "certificate",
    pluginVersion: "",
    fileName: "a.cer",
    live: null,
  };
  await ask(questionOf(deliver, { stateDirectory: state, packages: [described] }, { ...seconds, input: ours }));
  await ask(questionOf(below, { tsmPath: null, known: [], root: base }, seconds));
  const path = join(live, "cacerts");
  const certificate = { alias: "a", sha256: sha256(ours) };
  for (const was of [sha256("bytes of the user"), secretDigest]) {
    for (const change of [
      { add: [certificate], remove: [] },
      { add: [], remove: [certificate] },
    ]) {
      if (!existsSync(live)) break;
      await ask(questionOf(stageTrust, { stateDirectory: state, path, was, password: "default", ...change }, seconds));
    }
    for (const made of [sha256(ours), secretDigest]) {
      const changes = liveChanges(["place", live, "cacerts", made, was]);
      await ask(questionOf(place, { stateDirectory: state, changes }, seconds));
    }
  }
  return heard.map(({ records, errorText }) => JSON.stringify(records) + errorText).join("\n");
}

const below = { ...observeTrust, args: { ...observeTrust.args, root: arg.path } };
