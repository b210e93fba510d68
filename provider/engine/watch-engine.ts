import { type ClientHttp2Session, connect } from "node:http2";

/** So often the engine is called again before it counts as gone: a connection may end for a reason of its own. */
const callsAgain = 3;
const pauseMilliseconds = 1000;

/**
 * Says once when the engine is gone. A provider process is ended by its engine; one whose engine was killed would live on
 * for ever, with its connections to nodes and the server's lock.
 *
 * The engine is known by a connection that stays open to its gRPC server, which is HTTP/2: neither the parent process, which
 * may be a shell between the two, nor a pipe tells it on every system. Nothing of this keeps the process alive.
 *
 * @param address `host:port` of the engine's server.
 */
export function whenEngineIsGone(address: string, gone: () => void): void {
  let left = callsAgain;
  const call = (): void => {
    const session: ClientHttp2Session = connect(`http://${address}`);
    session.unref();
    session.on("connect", () => (left = callsAgain));
    // Its end is told by "close".
    session.on("error", () => undefined);
    session.on("close", () => {
      if (left === 0) return gone();
      left -= 1;
      setTimeout(call, pauseMilliseconds).unref();
    });
  };
  call();
}
