/** Why a file cannot be read as a zip at all, by the rules of Java's ZipFile or by our own limits. */
export type ZipErrorCode = "not-a-zip" | "zip-broken" | "zip-limit";

export class ZipError extends Error {
  override readonly name = "ZipError";

  constructor(
    readonly code: ZipErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
