/** One attempt to connect failed in a way that may pass: it is tried again. */
export class DialError extends Error {
  override readonly name = "DialError";
  /** What to do if it does not pass: a full sentence. */
  readonly next: string;

  constructor(message: string, next = "Check the host name and port, the firewall, and that the SSH server runs.", options?: ErrorOptions) {
    super(message, options);
    this.next = next;
  }
}
