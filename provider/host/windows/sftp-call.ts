import type { SFTPWrapper } from "ssh2";
import { TableauError } from "../../vocabulary/error";
import { connectionLost } from "../connection-lost";
import { isClosed } from "../ssh/ssh2-internals";
import { UnreadableAnswer } from "../unreadable-answer";
import { FileFailure, type FileReason } from "./file-failure";

type Done<T> = (error: Error | null | undefined, value?: T) => void;

// https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02#section-7
const reasons: Readonly<Record<number, FileReason>> = {
  2: "No such file or directory",
  3: "Permission denied",
  4: "the server gave no reason",
};

/** What is asked, and of whom. */
export interface SftpPlace {
  readonly sftp: SFTPWrapper;
  readonly node: string;
  readonly path: string;
  /** Longest wait for the answer. */
  readonly seconds: number;
}

// When each channel has answered last: on a slow network a request waits for those before it.
const lastAnswers = new WeakMap<SFTPWrapper, number>();

/**
 * Asks one thing over SFTP, and waits for the answer as long as the channel answers anything.
 *
 * @throws FileFailure where the server says no, UnreadableAnswer where it says what cannot be understood, TableauError
 * (host-connection-lost, host-timeout) where it says nothing.
 */
export function sftpCall<T = undefined>({ sftp, node, path, seconds }: SftpPlace, ask: (done: Done<T>) => void): Promise<T> {
  const begun = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const answer = new Promise<T>((resolve, reject) => {
    // ssh2 answers what is under way when a channel is lost, and never what is asked of it afterwards.
    if (isClosed(sftp)) return reject(refusal(sftp, node, path, new Error("the channel is closed")));
    const wait = (): void => {
      const left = Math.max(begun, lastAnswers.get(sftp) ?? 0) + seconds * 1000 - performance.now();
      if (left > 0) return void (timer = setTimeout(wait, left));
      reject(noAnswer(node, path, seconds));
      // What is asked of the channel afterwards must not wait for the same silence.
      sftp.end();
    };
    wait();
    try {
      ask((error, value) => {
        lastAnswers.set(sftp, performance.now());
        if (error === null || error === undefined) resolve(value as T);
        else reject(refusal(sftp, node, path, error));
      });
    } catch (error) {
      // A request that the server does not offer, or a channel that is closed.
      reject(refusal(sftp, node, path, error as Error));
    }
  });
  return answer.finally(() => clearTimeout(timer));
}

function noAnswer(node: string, path: string, seconds: number): TableauError {
  return new TableauError("host-timeout", {
    node,
    message: `The SSH server did not answer within ${String(seconds)} seconds when the file ${path} was worked on.`,
    next: "See whether the node is overloaded or its disk hangs, then run it again.",
  });
}

// What ssh2 says of an answer that it does not understand, before it closes the channel.
const misunderstood = new WeakMap<SFTPWrapper, Error>();

/** Hears why a channel is about to be closed, for what is asked of it. */
export function noteError(sftp: SFTPWrapper, error: Error): void {
  if ((error as { readonly level?: unknown }).level === "sftp-protocol") misunderstood.set(sftp, error);
}

/** How SFTP of OpenSSH for Windows names a path: `/C:/ProgramData`. */
export function sftpPath(path: string): string {
  return `/${path.replaceAll("\\", "/")}`;
}

function refusal(sftp: SFTPWrapper, node: string, path: string, cause: Error & { readonly code?: unknown }): Error {
  const { code } = cause;
  if (typeof code === "number") return new FileFailure(path, reasons[code] ?? "the server gave no reason", { cause });
  const reason = misunderstood.get(sftp);
  if (reason !== undefined) return new UnreadableAnswer(`its SFTP server answers what no such server does (${reason.message})`);
  return connectionLost({ node, during: `the file ${path} was worked on`, reason: cause.message, onNode: "ended", cause });
}
