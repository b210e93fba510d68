import { createHash, randomBytes } from "node:crypto";
import { cmdLine } from "../../host/windows/cmd-line";
import { ScriptEnd, type WindowsTask } from "../../host/windows/task";
import { Secret } from "../../vocabulary/secret";
import { attempt, fail } from "../files/windows/attempt";
import { ByteSource } from "../files/windows/byte-source";
import { copyFiles } from "../files/windows/copy-files";
import { largestTrustFile } from "../trust/trust-files";

interface AliasOfCertificate {
  readonly alias: string;
  readonly sha256: string;
}

interface StageTrustArguments {
  readonly stateDirectory: string;
  readonly path: string;
  readonly was: string;
  readonly password: "default" | "given";
  readonly remove: readonly AliasOfCertificate[];
  readonly add: readonly AliasOfCertificate[];
}

const variable = "PULUMI_TABLEAU_STOREPASS";

/** Makes a new trust store beside that of a JRE, by its keytool, and sends it. */
export async function onWindows(given: StageTrustArguments, task: WindowsTask): Promise<void> {
  const { machine } = task;
  const folder = given.path.slice(0, given.path.lastIndexOf("/"));
  const work = `${folder}/.pulumi-tableau.new.${randomBytes(4).toString("hex")}.part`;
  try {
    await make(given, task, folder, work);
  } finally {
    await machine.files.remove(work).catch(() => undefined);
  }
}

async function make(
  { stateDirectory, path, was, password, remove, add }: StageTrustArguments,
  task: WindowsTask,
  folder: string,
  work: string,
): Promise<void> {
  const { machine, emit } = task;
  const { files } = machine;
  const keytool = await keytoolOf(task, path, work, password);
  await copyFiles(machine, [{ from: path, to: work }]);
  const [got = null] = await machine.digests([work]);
  if (got !== was) {
    emit("changed", folder, "cacerts", got ?? "-");
    throw new ScriptEnd(1);
  }
  for (const one of remove) await takeOut(task, keytool, `${stateDirectory}/store`, path, one);
  for (const { alias, sha256 } of add) {
    const certificate = `${stateDirectory}/store/${sha256}`;
    const what = `import the certificate ${alias} into ${path}`;
    const [stored = null] = await machine.digests([certificate]);
    if (stored !== sha256) fail(task, what, "its certificate is not in the store of this node");
    await keytool(what, ["-importcert", "-noprompt", "-alias", alias, "-file", backslashes(certificate)]);
  }
  const content = await files.read(work, largestTrustFile);
  if (content === null) return fail(task, `write beside ${path}`, "its copy has vanished");
  const sha256 = createHash("sha256").update(content).digest("hex");
  await attempt(task, `write beside ${path}`, () => files.replace(work, `${folder}/.pulumi-tableau.${sha256}.part`));
  emit("made", sha256, content.toString("base64"));
}

type Keytool = (what: string, args: readonly string[]) => Promise<void>;

// The password comes on standard input and lives in the environment of that one command line.
async function keytoolOf(task: WindowsTask, path: string, work: string, password: "default" | "given"): Promise<Keytool> {
  const { machine } = task;
  const program = backslashes(`${path.slice(0, -"/lib/security/cacerts".length)}/bin/keytool.exe`);
  const secret = password === "given" ? (await new ByteSource(task.input).line()).replace(/\r$/, "") : null;
  return async (what, args) => {
    const pass = secret === null ? ["-storepass", "changeit"] : ["-storepass:env", variable];
    const line = cmdLine(program, [...args, "-keystore", backslashes(work), ...pass]);
    const { status, stdout, stderr } =
      secret === null ? await machine.run(line) : await machine.run(`set /p ${variable}=&${line}`, { input: new Secret(`${secret}\r\n`) });
    if (status !== 0) fail(task, what, `${stdout}\n${stderr}`.slice(0, 4096));
  };
}

// Kept, so that it can come back.
async function takeOut(
  task: WindowsTask,
  keytool: Keytool,
  store: string,
  path: string,
  { alias, sha256 }: AliasOfCertificate,
): Promise<void> {
  const { machine } = task;
  const { files } = machine;
  const what = `take the certificate ${alias} out of ${path}`;
  const kept = `${store}/.incoming.${randomBytes(4).toString("hex")}.${sha256}`;
  await attempt(task, what, () => files.makeFolder(store));
  try {
    await keytool(what, ["-exportcert", "-alias", alias, "-file", backslashes(kept)]);
    const [got = null] = await machine.digests([kept]);
    if (got !== sha256) fail(task, what, `its certificate has the digest ${got ?? "unreadable"}, expected ${sha256}`);
    if ((await files.stat(`${store}/${sha256}.info`)) === null) {
      await attempt(task, what, () => files.write(`${store}/${sha256}.info`, Buffer.from(`certificate\n\n${alias}.cer\n`)));
    }
    await attempt(task, what, () => files.replace(kept, `${store}/${sha256}`));
  } finally {
    await files.remove(kept).catch(() => undefined);
  }
  await keytool(what, ["-delete", "-alias", alias]);
}

function backslashes(path: string): string {
  return path.replaceAll("/", "\\");
}
