import { isObject } from "../vocabulary/is-object";
import type { Kind } from "./field";

/**
 * A value of an output that is a secret whatever the program gave, as the engine takes it from every provider.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go
 */
export function secretOutput(value: object): Readonly<Record<string, unknown>> {
  return isSecretOutput(value) ? value : { [signatureKey]: secretSignature, value };
}

/** What this package itself wrote into the state as a secret. The engine hands it back open. */
export function ourSecret<T extends object>(): Kind<T> {
  const kind: Kind<T> = {
    is: "any",
    expected: "an object",
    read: (value, at, reading) => {
      const open = isObject(value) && isSecretOutput(value) ? value["value"] : value;
      return isObject(open) ? (open as T) : reading.wrong(at, kind, open);
    },
  };
  return kind;
}

export const signatureKey = "4dabf18193072939515e22adb298388d";
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

function isSecretOutput(value: object): value is Readonly<Record<string, unknown>> {
  return (value as Readonly<Record<string, unknown>>)[signatureKey] === secretSignature;
}
