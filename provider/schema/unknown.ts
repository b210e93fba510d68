declare const mark: unique symbol;

/** A value that a preview does not know yet. Where a text is expected it is a text like any other. */
export type Unknown = string & { readonly [mark]: never };

/**
 * What Pulumi's engine sends for a value that a preview does not know yet.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9" as Unknown;

export function isUnknown(value: unknown): value is Unknown {
  return value === unknownValue;
}

/** Whether a value is unknown or has an unknown part, in an object or a list. */
export function hasUnknown(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some(hasUnknown);
  return isUnknown(value);
}
