import { setTimeout as sleep } from "node:timers/promises";
import type { HeldFile } from "../../host/windows/hold-file";
import { ScriptEnd, type WindowsTask } from "../../host/windows/task";
import { attempt } from "../files/windows/attempt";

interface LockArguments {
  readonly stateDirectory: string;
  readonly holder: string;
  readonly waitSeconds: number;
}

/**
 * Holds the lock of a server by a file that a process on the node keeps open. Windows closes it when the session ends, however it ends. Heartbeats are not needed for that: sshd ends
 * the session when it finds the client gone (ClientAliveInterval).
 */
export async function onWindows(args: LockArguments, task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  const { stateDirectory: state, holder } = args;
  const nameFile = `${state}/lock.holder`;
  await attempt(task, `open the lock ${state}/lock`, () => machine.files.makeFolder(state));
  const lock = await waitForLock(args, nameFile, task);
  emit("locked");
  // A name that cannot be written down holds nobody up.
  const writeName = (): Promise<void> => machine.files.write(nameFile, Buffer.from(`${holder}\n`)).catch(() => undefined);
  await Promise.race([readBeats(task.input, writeName), lock.lost]);
  await machine.files.remove(nameFile).catch(() => undefined);
  await lock.release();
}

async function waitForLock({ stateDirectory: state, waitSeconds }: LockArguments, nameFile: string, task: WindowsTask): Promise<HeldFile> {
  const { machine, emit } = task;
  let told: string | null = null;
  for (let waited = 0; ; waited += 1) {
    const lock = await machine.hold(`${state}/lock`);
    if (lock !== null) return lock;
    if (told === null) await checkWritable(task, state);
    const name = (await machine.files.read(nameFile, 1024).catch(() => null))?.toString("utf8").trim() ?? "";
    if (name !== told) emit("waiting", name);
    told = name;
    if (waited >= waitSeconds) {
      emit("held", name);
      throw new ScriptEnd(1);
    }
    await sleep(1000);
  }
}

// cmd.exe tells a file that is held from one that may not be written in the machine's language only.
async function checkWritable(task: WindowsTask, state: string): Promise<void> {
  const probe = `${state}/lock.part.${String(process.pid)}`;
  await attempt(task, `open the lock ${state}/lock`, async () => {
    await task.machine.files.write(probe, Buffer.alloc(0));
    await task.machine.files.remove(probe);
  });
}

async function readBeats(input: AsyncIterable<Buffer>, onName: () => Promise<void>): Promise<void> {
  for await (const beat of input) if (beat.includes("h")) await onName();
}
