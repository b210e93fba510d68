// Runs under a Windows node.exe: the provider's own code for the machine that it runs on, against a folder. Prints what it saw.
// usage: node.exe local-part.cjs FOLDER_OF_THE_PROVIDERS_MODULES WORK_FOLDER
const { join } = require("node:path");
const [, , built, folder] = process.argv;
const { waits } = require(join(built, "host", "limits.js"));
const { localHost } = require(join(built, "host", "local", "local-host.js"));
const counts = { commands: 0, scripts: 0, bytesSent: 0, bytesReceived: 0, connections: 0, sessions: 0 };

async function main() {
  const host = localHost({ name: "here", privilege: "none" }, counts, waits);
  const seen = { platform: process.platform, node: process.version };
  const onWindows = async ({ machine, input, emit }) => {
    const work = folder;
    const { files } = machine;
    emit("environment", machine.environment("OS"), machine.environment("USERNAME"));
    await files.makeFolder(join(work, "store", "ä b"));
    const bytes = [];
    for await (const piece of input) bytes.push(piece);
    const staged = join(work, "store", "ä b", ".incoming");
    const live = join(work, "store", "ä b", "Sample.taco");
    await files.write(staged, Buffer.concat(bytes));
    await files.replace(staged, live);
    await files.write(staged, Buffer.from("second"));
    await files.replace(staged, live.toUpperCase());
    emit("names", ...(await files.list(join(work, "store", "ä b"))).map(({ name, kind, size }) => `${kind} ${name} ${size}`));
    emit("digests", ...(await machine.digests([live, join(work, "none")])).map(String));
    const lock = join(work, "lock");
    const held = await machine.hold(lock);
    emit("lock", String(held !== null));
    await held?.release();
    emit("processes", String((await machine.processes(["node.exe"])) !== null));
    const { stdout, stderr, status } = await machine.run("echo a^&b&echo to stderr 1>&2&exit 3");
    emit("line", stdout, stderr, String(status));
    await files.remove(live);
    emit("removed", String(await files.stat(live)), String(typeof (await files.freeBytes(work))));
  };
  const script = {
    name: "try",
    linux: "",
    windows: onWindows,
    args: [],
    as: "login",
    input: Buffer.from("first, and longer"),
    timeoutSeconds: 600,
  };
  const answer = await host.run(script);
  console.log(JSON.stringify({ ...seen, ...answer }));
}

main().catch((error) => {
  console.log(JSON.stringify({ failed: String(error), stack: error?.stack, cause: String(error?.cause) }));
});
