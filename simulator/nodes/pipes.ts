import { spawnSync } from "node:child_process";
import { chmodSync, constants, mkdirSync, openSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";

/** The streams of a command, and what is told of its end. */
export interface Pipes {
  readonly in: Socket;
  readonly out: Socket;
  readonly err: Socket;
  readonly end: Socket;
}

const names = ["in", "out", "err", "end"] as const;

/** Makes a folder with a named pipe for each stream. */
export function makePipes(folder: string): boolean {
  mkdirSync(folder);
  const paths = names.map((name) => join(folder, name));
  if (spawnSync("mkfifo", paths).status !== 0) return false;
  // A command may open its own streams anew, as /dev/stdout.
  for (const path of paths) chmodSync(path, 0o666);
  return true;
}

/**
 * Opens this side of the pipes. Neither waits for the other side: a reader sees no end before there was a writer
 * (https://man7.org/linux/man-pages/man7/fifo.7.html), and what is open both ways has a reader.
 */
export function openPipes(folder: string): Pipes {
  return {
    in: writer(join(folder, "in")),
    out: reader(join(folder, "out")),
    err: reader(join(folder, "err")),
    end: reader(join(folder, "end")),
  };
}

function reader(path: string): Socket {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const socket = new Socket({ fd, readable: true, writable: false });
  socket.on("error", () => socket.destroy());
  return socket;
}

function writer(path: string): Socket {
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const socket = new Socket({ fd, readable: false, writable: true });
  // A pipe cannot be shut down: its end comes as an error, and closing it is what the other side sees.
  socket.on("error", () => socket.destroy());
  return socket;
}
