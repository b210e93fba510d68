import type { ServerChannel, SFTPWrapper } from "ssh2";
import type { Host } from "../../../provider/host";
import type { waits } from "../../../provider/host/limits";
import type { WindowsFiles } from "../../../provider/host/windows/files";
import type { WindowsScript } from "../../../provider/host/windows/task";
import type { TestServerOptions } from "../support/ssh-server";
import { startHost } from "../support/start-host";
import { until } from "../support/until";

const short = 0.4;
const path = "C:/ProgramData/x";

/** A machine whose cmd.exe answers the first question and no other. */
const firstLineOnly = (command: string, channel: ServerChannel): void => {
  channel.resume();
  if (!command.includes("set OS")) return;
  channel.write("pt-begin\r\nOS=Windows_NT\r\n");
  channel.exit(0);
  channel.end();
};

type Silent = (sftp: SFTPWrapper) => void;
const handle = Buffer.from("h");
const requests = ["READ", "WRITE", "FSTAT", "CLOSE", "OPENDIR", "READDIR", "REMOVE", "RMDIR", "MKDIR", "STAT", "LSTAT", "EXTENDED"];
// What nobody listens to, the server of ssh2 refuses.
const rest: Silent = (sftp) => requests.forEach((request) => void sftp.on(request as "STAT", () => undefined));
const nothing: Silent = (sftp) => rest(sftp.on("OPEN", () => undefined));
const opens: Silent = (sftp) => rest(sftp.on("OPEN", (id) => sftp.handle(id, handle)));

async function machine(options: TestServerOptions, ...short_: readonly (keyof typeof waits)[]): Promise<Host> {
  const shortWaits = Object.fromEntries(short_.map((name) => [name, short]));
  return (await startHost({ software: "OpenSSH_for_Windows_9.5", exec: firstLineOnly, ...options }, { waits: shortWaits })).host;
}

const doing = (windows: WindowsScript, timeoutSeconds = 20) =>
  ({ name: "test", linux: "", windows, args: [], as: "login", timeoutSeconds }) as const;
const withFiles = (work: (files: WindowsFiles) => Promise<unknown>) =>
  doing(async ({ machine: { files } }) => {
    await work(files);
  });

describe("SFTP that is silent", () => {
  test("when it is opened", async () => {
    const host = await machine({ silentAt: "sftp" }, "session");
    await expect(host.run(withFiles(async (files) => files.stat(path)))).rejects.toMatchObject({
      code: "host-timeout",
      node: "node1",
      message: expect.stringMatching(/did not open SFTP within 0\.4 seconds/),
    });
  });

  test.each<[string, Silent, (files: WindowsFiles) => Promise<unknown>]>([
    ["stat", nothing, (files) => files.stat(path)],
    ["list", nothing, (files) => files.list(path)],
    ["read, at its beginning", nothing, (files) => files.read(path, 1000)],
    ["read", opens, (files) => files.read(path, 1000)],
    ["write, at its beginning", nothing, (files) => files.write(path, Buffer.alloc(10))],
    ["write", opens, (files) => files.write(path, Buffer.alloc(5_000_000))],
    ["remove", nothing, (files) => files.remove(path)],
    ["removeFolder", nothing, (files) => files.removeFolder(path)],
    ["makeFolder", nothing, (files) => files.makeFolder(path)],
  ])("in the middle of %s", async (_what, sftp, work) => {
    const host = await machine({ sftp }, "sftp");
    await expect(host.run(withFiles(work))).rejects.toMatchObject({
      code: "host-timeout",
      message: expect.stringMatching(/did not answer within 0\.4 seconds when the file C:\/ProgramData/),
    });
    // That channel is given up, and the next script opens another.
    await expect(host.run(withFiles(async (files) => files.stat(path)))).rejects.toMatchObject({ code: "host-timeout" });
  });

  test("waits for an answer as long as the channel answers at all", async () => {
    const asked: number[] = [];
    // One after the other, each after three quarters of the limit.
    const sftp: Silent = (to) => {
      const answer = (): void => {
        const id = asked.shift();
        if (id === undefined) return;
        to.status(id, 2);
        setTimeout(answer, short * 750);
      };
      to.on("STAT", (id) => {
        if (asked.push(id) === 3) setTimeout(answer, short * 750);
      });
    };
    const host = await machine({ sftp }, "sftp");
    const three = withFiles(async (files) => Promise.all([1, 2, 3].map(async (n) => files.stat(`${path}${String(n)}`))));
    expect(await host.run(three)).toMatchObject({ status: 0 });
  });
});

describe("cmd.exe that is silent", () => {
  test("when it is asked what it is", async () => {
    const host = await machine({ exec: (_command, channel) => void channel.resume() }, "session");
    await expect(host.run(doing(() => Promise.resolve()))).rejects.toMatchObject({ code: "host-timeout" });
    await expect(host.open(doing(() => Promise.resolve()))).rejects.toMatchObject({ code: "host-timeout" });
  });

  test("ends with the time of the script, and holds no session then", async () => {
    let closed = 0;
    const exec = (command: string, channel: ServerChannel): void => {
      channel.on("close", () => (closed += 1));
      firstLineOnly(command, channel);
    };
    const host = await machine({ exec });
    const run = host.run(
      doing(async ({ machine: it }) => {
        await it.run("dir");
      }, short),
    );
    await expect(run).rejects.toMatchObject({ code: "host-timeout", message: expect.stringMatching(/within 0\.4 seconds/) });
    await until(() => closed === 2);
  });

  test.each(["hold", "release"])("with a file: %s", async (what) => {
    const holds = (command: string, channel: ServerChannel): void => {
      if (what === "release" && command.includes("pt-locked")) channel.write("pt-begin\r\npt-locked\r\n");
      firstLineOnly(command, channel);
    };
    const host = await machine({ exec: holds }, "heldFile");
    const work = host.run(doing(async ({ machine: it }) => (await it.hold(path))?.release()));
    if (what === "hold") {
      await expect(work).rejects.toMatchObject({ code: "host-timeout", message: expect.stringMatching(/did not say within 0\.4 seconds/) });
    } else expect(await work).toMatchObject({ status: 0 });
  });

  test("in a session that is closed", async () => {
    const host = await machine({}, "sessionEnd");
    const session = await host.open(
      doing(async ({ machine: it, emit }) => {
        emit("begun");
        await it.run("pause");
      }),
    );
    expect((await session.records().next()).value).toEqual(["begun"]);
    await session.close();
    await session.closed;
  });
});
