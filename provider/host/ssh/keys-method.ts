import type { AnyAuthMethod, BaseAgent, ParsedKey } from "ssh2";
import { ssh2 } from "./ssh2-library";
import type { UserKey } from "../keys/user-key";

// Any key that ssh2 can read; only what it knows a key by is taken from it.
const anyKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/** Logs in with one of these keys, in their order. To ssh2 they are an agent, whose signatures it waits for. */
export function keysMethod(username: string, keys: () => Promise<readonly UserKey[]>): AnyAuthMethod {
  const base = ssh2().utils.parseKey(anyKey) as ParsedKey;
  const byKey = new Map<unknown, UserKey>();
  class Keys extends ssh2().BaseAgent {
    override getIdentities(done: (error: Error | undefined, found?: ParsedKey[]) => void): void {
      keys().then(
        (found) => done(undefined, found.map(asParsed)),
        (error: unknown) => done(error as Error),
      );
    }

    override sign(key: unknown, data: Buffer, ...rest: readonly unknown[]): void {
      const done = rest.at(-1) as (error: Error | undefined, signature?: Buffer) => void;
      const found = byKey.get(key);
      if (found === undefined) return done(new Error("the key is not known"));
      found.sign(data).then(
        (signature) => done(undefined, signature),
        (error: unknown) => done(error as Error),
      );
    }
  }
  const asParsed = (key: UserKey): ParsedKey => {
    const parsed = Object.create(base, { type: { value: key.algorithm }, getPublicSSH: { value: () => key.bytes } }) as ParsedKey;
    byKey.set(parsed, key);
    return parsed;
  };
  return { type: "agent", username, agent: new Keys() as BaseAgent };
}
