/** One attempt to connect failed in a way that may pass: it is tried again. */
export class DialError extends Error {
  override readonly name = "DialError";
}
