import type { Dialed } from "./dialed";

const silentIntervals = 4;

/**
 * Ends a connection whose other end is gone: asks for a sign of life every so many seconds and gives up after
 * four times that long without a byte. Not ssh2's own keepalive, whose timer would keep an idle program alive.
 *
 * The question is the cancelling of a forwarding that does not exist, to which every server answers "no".
 * https://www.rfc-editor.org/rfc/rfc4254#section-7.1
 */
export function keepAlive(dialed: Dialed, intervalSeconds: number): void {
  let received = dialed.socket.bytesRead;
  let silent = 0;
  const timer = setInterval(() => {
    silent = dialed.socket.bytesRead === received ? silent + 1 : 0;
    received = dialed.socket.bytesRead;
    if (silent >= silentIntervals) dialed.socket.destroy(new Error(`no sign of life for ${silentIntervals * intervalSeconds} seconds`));
    else ask(dialed);
  }, intervalSeconds * 1000).unref();
  dialed.client.once("close", () => clearInterval(timer));
}

function ask(dialed: Dialed): void {
  try {
    dialed.client.unforwardIn("", 0, () => undefined);
  } catch {
    // Not connected any more: its end is on the way.
  }
}
