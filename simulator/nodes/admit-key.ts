import { timingSafeEqual } from "node:crypto";
import { utils, type AuthContext } from "ssh2";
import { simulatorError } from "../fail";

/** Whether a login comes with the one key (an authorized_keys line) that a node knows. */
export function admitsKey(authorizedKey: string, context: AuthContext): boolean {
  if (context.method !== "publickey") return false;
  const key = utils.parseKey(authorizedKey);
  if (key instanceof Error) throw simulatorError("The login key is unreadable.", "Start a new cluster.", key);
  const known = key.getPublicSSH();
  if (known.length !== context.key.data.length || !timingSafeEqual(known, context.key.data)) return false;
  if (context.signature === undefined || context.blob === undefined) return true;
  return key.verify(context.blob, context.signature, context.hashAlgo);
}
