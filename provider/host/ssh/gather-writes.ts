import type { Duplex } from "node:stream";

/**
 * Has a stream send together what is written to it in one turn of the event loop. ssh2 writes each packet in three pieces (length, data,
 * tag), which without Nagle's algorithm are three system calls and three TCP segments:
 * https://github.com/mscdex/ssh2/blob/v1.17.0/lib/protocol/crypto.js
 *
 * A socket has to be connecting or connected: its `connect` puts the original `write` back.
 */
export function gatherWrites(stream: Duplex): void {
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  stream.write = (...args: unknown[]): boolean => {
    if (stream.writableCorked === 0) {
      stream.cork();
      process.nextTick(() => stream.uncork());
    }
    return write(...args);
  };
}
