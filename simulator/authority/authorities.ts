import { createPrivateKey, type KeyObject } from "node:crypto";
import { createAuthority, type Authority } from "./create-authority";
import { fixedKeys } from "./fixed-keys";

let simulated: Authority | undefined;
let strange: Authority | undefined;

/** The authority that every simulated node trusts, and nothing else in the world. */
export function simulatedAuthority(): Authority {
  simulated ??= found("Simulated", fixedKeys.root);
  return simulated;
}

/** An authority that no simulated node trusts. */
export function strangeAuthority(): Authority {
  strange ??= found("Strange", fixedKeys.strangeRoot);
  return strange;
}

function found(name: string, root: string): Authority {
  return createAuthority(name, {
    root: privateKey(root),
    issuing: privateKey(fixedKeys.issuing),
    signer: privateKey(fixedKeys.signer),
    timestamping: privateKey(fixedKeys.timestamping),
  });
}

function privateKey(base64: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(base64, "base64"), format: "der", type: "pkcs8" });
}
