import type { Duplex } from "node:stream";
import type { BaseAgent } from "ssh2";
import { printable } from "../../vocabulary/printable";
import { MalformedBytes, WireReader, wireString } from "../keys/wire";
import { ssh2 } from "./ssh2-library";
import { signatureAlgorithm, userAlgorithms, type UserKey } from "../keys/user-key";

/** What went wrong with an agent; the text says so without naming a key. */
class AgentError extends Error {
  override readonly name = "AgentError";
}

// https://datatracker.ietf.org/doc/html/draft-ietf-sshm-ssh-agent#section-6.1
const requestIdentities = 11;
const identitiesAnswer = 12;
const signRequest = 13;
const signResponse = 14;
const flags: Readonly<Record<string, number>> = { "rsa-sha2-256": 2, "rsa-sha2-512": 4 };
// OpenSSH's own agent sends no longer message: authfd.c, MAX_AGENT_REPLY_LEN and sshbuf's.
const longestAnswer = 256 * 1024;

/**
 * The keys of an SSH agent that can log in, certificates among them. RSA keys sign with SHA-512 only: each further try of a key counts
 * against the server's MaxAuthTries.
 *
 * @throws AgentError if it does not answer, or not sensibly.
 */
export async function agentKeys(path: string, answerSeconds: number): Promise<readonly UserKey[]> {
  const answer = await ask(path, Buffer.from([requestIdentities]), answerSeconds);
  try {
    return readIdentities(answer).flatMap((bytes) => {
      const [algorithm] = userAlgorithms(new WireReader(bytes).text());
      return algorithm === undefined ? [] : [agentKey(path, algorithm, bytes, answerSeconds)];
    });
  } catch (error) {
    if (error instanceof MalformedBytes) throw new AgentError(`the agent at ${path} answered something that is no list of keys`);
    throw error;
  }
}

function readIdentities(answer: Buffer): readonly Buffer[] {
  const wire = new WireReader(answer);
  if (wire.byte() !== identitiesAnswer) throw new MalformedBytes("no list of keys");
  const count = wire.uint32();
  const found: Buffer[] = [];
  // The count is only believed as far as there are bytes.
  while (found.length < count && !wire.over) {
    found.push(wire.bytes());
    wire.bytes();
  }
  return found;
}

function agentKey(path: string, algorithm: string, bytes: Buffer, answerSeconds: number): UserKey {
  const flag = Buffer.alloc(4);
  flag.writeUInt32BE(flags[signatureAlgorithm(algorithm)] ?? 0);
  return {
    algorithm,
    bytes,
    sign: async (data) => {
      const answer = new WireReader(
        await ask(path, Buffer.concat([Buffer.from([signRequest]), wireString(bytes), wireString(data), flag]), answerSeconds),
      );
      if (answer.byte() !== signResponse) throw new AgentError(`the agent at ${path} refused to sign`);
      return answer.bytes();
    },
  };
}

/** Asks one thing over a connection of its own. */
async function ask(path: string, message: Buffer, answerSeconds: number): Promise<Buffer> {
  const stream = await opened(path, answerSeconds);
  return await new Promise<Buffer>((resolve, reject) => {
    const pieces: Buffer[] = [];
    const fail = (what: string): void => settle(() => reject(new AgentError(`the agent at ${path} ${what}`)));
    const timer = setTimeout(() => fail(`did not answer within ${String(answerSeconds)} seconds`), answerSeconds * 1000);
    const settle = (how: () => void): void => {
      clearTimeout(timer);
      stream.destroy();
      how();
    };
    stream.on("data", (piece: Buffer) => {
      pieces.push(piece);
      const whole = Buffer.concat(pieces);
      if (whole.length < 4) return;
      const length = whole.readUInt32BE(0);
      if (length > longestAnswer) fail("answered something that is no answer of an agent");
      else if (whole.length >= 4 + length) settle(() => resolve(whole.subarray(4, 4 + length)));
    });
    stream.on("error", (error) => fail(`cannot be used (${printable(error.message)})`));
    stream.on("close", () => fail("closed the connection without an answer"));
    stream.write(wireString(message));
  });
}

function opened(path: string, answerSeconds: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => reject(new AgentError(`the agent at ${path} ${what}`));
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      fail(`did not answer within ${String(answerSeconds)} seconds`);
    }, answerSeconds * 1000);
    // Knows Unix sockets, and on Windows named pipes, Cygwin's sockets and Pageant.
    const agent = ssh2().createAgent(path) as BaseAgent & { getStream(done: (error?: Error | null, stream?: Duplex) => void): void };
    agent.getStream((error, stream) => {
      clearTimeout(timer);
      if (late) stream?.destroy();
      if (error !== null && error !== undefined) fail(`cannot be used (${printable(error.message)})`);
      else if (stream === undefined) fail("cannot be used");
      else resolve(stream);
    });
  });
}
