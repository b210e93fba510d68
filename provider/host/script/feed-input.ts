import { once } from "node:events";
import type { Writable } from "node:stream";
import { Secret } from "../../vocabulary/secret";
import type { HostCounts } from "../counts";
import type { Script } from "../host";

/**
 * Sends a script's input and ends it. Stops quietly as soon as the script has ended or no longer reads: what it made of
 * the bytes is in its answer. Rejects only if the source of the bytes fails.
 */
export async function feedInput(
  stdin: Writable,
  input: Script["input"],
  ended: Promise<unknown>,
  counts: HostCounts,
  afterwards: "end" | "keep-open" = "end",
): Promise<void> {
  const reader = { listens: true };
  const over = new Promise<void>((resolve) => {
    const stop = (): void => {
      reader.listens = false;
      resolve();
    };
    // A script that ends early closes its input: EPIPE here is no error.
    stdin.on("error", stop).on("close", stop);
    void ended.then(stop);
  });
  for await (const piece of pieces(input)) {
    if (!reader.listens) return;
    counts.bytesSent += piece.length;
    if (!stdin.write(piece)) await Promise.race([drained(stdin), over]);
  }
  if (reader.listens && afterwards === "end") stdin.end();
}

function pieces(input: Script["input"]): AsyncIterable<Buffer> | Iterable<Buffer> {
  if (input === undefined) return [];
  if (input instanceof Secret) return [Buffer.from(input.reveal(), "utf8")];
  return Buffer.isBuffer(input) ? slices(input) : input;
}

function* slices(bytes: Buffer): Iterable<Buffer> {
  const size = 256 * 1024;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function drained(stdin: Writable): Promise<void> {
  await once(stdin, "drain").catch(() => undefined);
}
