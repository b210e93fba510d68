import { TableauError } from "../vocabulary/error";
import type { Conversation } from "../host/ask";
import { waits } from "../host/limits";
import { begin } from "../actions/action";
import { oneLine } from "../actions/check-answer";
import type { Report } from "./report";
import { lock } from "../actions/lock";
import type { Target } from "./target";
import { unsafeFolder } from "../actions/unsafe-folder";

/** The lock of a server, held on its initial node by an open session. */
export interface Lock {
  /** @throws TableauError host-connection-lost if the session that holds the lock has ended. */
  assertHeld(): void;
  isHeld(): boolean;
  /** Writes our name down for whoever waits. */
  announce(): void;
  /** Never rejects: what was done under the lock does not depend on how it is given back. */
  release(): Promise<void>;
}

type LockSession = Conversation<ReturnType<typeof lock.reply>>;

const heartbeatMilliseconds = 20_000;

/**
 * Waits for the lock of a server and holds it.
 *
 * @throws TableauError lock-held, naming the holder, if another holder keeps it for longer than a restart may take; host-timeout if the
 * node says nothing.
 */
export async function holdLock(target: Target, holder: string, report: Report, answerSeconds: number = waits.lockAnswer): Promise<Lock> {
  const [host] = target.hosts;
  const { stateDirectory, timeouts } = target;
  const session = await begin(host, lock, { stateDirectory, holder, waitSeconds: timeouts.restart }, { timeoutSeconds: timeouts.command });
  try {
    await waitUntilLocked(target, session, report, answerSeconds);
  } catch (error) {
    await session.close();
    throw error;
  }
  return heldBy(target, session, report);
}

// A lock that hangs in the file system says nothing at all; one that somebody holds is waited for by the script itself.
async function waitUntilLocked(target: Target, session: LockSession, report: Report, answerSeconds: number): Promise<void> {
  const [{ node }] = target.hosts;
  const silence = new Silence(session);
  silence.endAfter(answerSeconds);
  let heard = false;
  try {
    for await (const line of session.lines()) {
      if (!heard) silence.endAfter(target.timeouts.restart + answerSeconds);
      heard = true;
      if (line.kind === "locked") return;
      if (line.kind === "waiting") report.step(`wait for the lock of ${target.name}, held by ${line.holder || "somebody"}`);
      else if (line.kind === "held") throw heldTooLong(target, line.holder);
      else if (line.kind === "unsafe") throw unsafeFolder(node, line);
      else throw notOpened(target, line.what, line.words);
    }
  } finally {
    silence.end();
  }
  throw silence.tooLong ? silent(target) : lost(node);
}

/** Ends a session when it has taken too long. */
class Silence {
  tooLong = false;
  readonly #session: LockSession;
  #timer: NodeJS.Timeout | undefined;

  constructor(session: LockSession) {
    this.#session = session;
  }

  endAfter(seconds: number): void {
    this.end();
    this.#timer = setTimeout(() => {
      this.tooLong = true;
      void this.#session.close();
    }, seconds * 1000);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

function silent(target: Target): TableauError {
  return new TableauError("host-timeout", {
    node: target.hosts[0].node,
    message: `The node did not say in time whether the lock of ${target.name} is free.`,
    next: `See whether the file system of ${target.stateDirectory} hangs, then run \`pulumi up\` again.`,
  });
}

function heldBy({ name, hosts }: Target, session: LockSession, report: Report): Lock {
  const { node } = hosts[0];
  let ended: TableauError | null = null;
  const beat = setInterval(() => {
    session.write(Buffer.from("."));
  }, heartbeatMilliseconds);
  beat.unref();
  void session.closed.then(() => {
    ended ??= lost(node);
    clearInterval(beat);
  });
  void saysMore(session).catch((error: unknown) => {
    if (error instanceof TableauError) ended ??= error;
    void session.close();
  });
  return {
    assertHeld() {
      if (ended !== null) throw ended;
    },
    isHeld: () => ended === null,
    announce() {
      session.write(Buffer.from("h"));
    },
    async release() {
      clearInterval(beat);
      // What was done under it is done: the node lets go of the lock by itself when the session's connection is gone.
      await session.close().catch((error: unknown) => {
        report.warn(`The lock of ${name} could not be given back at once: ${error instanceof Error ? error.message : String(error)}`);
      });
    },
  };
}

/** Reads whatever comes after the lock was given: it is refused by the one who reads it, and nothing piles up unread. */
async function saysMore(session: LockSession): Promise<void> {
  const lines = session.lines();
  while ((await lines.next()).done !== true);
}

function heldTooLong(target: Target, holder: string): TableauError {
  return new TableauError("lock-held", {
    node: target.hosts[0].node,
    message: `${target.name} is being changed by ${holder || "somebody else"}, and still was after ${String(target.timeouts.restart)} seconds.`,
    next: "Wait for that run to end, then run `pulumi up` again.",
  });
}

function notOpened(target: Target, what: string, words: string): TableauError {
  return new TableauError("host-command-failed", {
    node: target.hosts[0].node,
    message: `Could not ${what}: ${oneLine(words)}.`,
    next: `Give the login user the right to write ${target.stateDirectory}, then run \`pulumi up\` again.`,
  });
}

function lost(node: string): TableauError {
  return new TableauError("host-connection-lost", {
    node,
    message: "The session that holds the server's lock has ended: its connection was lost, or somebody ended it on the node.",
    next: "Run `pulumi up` again: it continues where this run stopped.",
  });
}
