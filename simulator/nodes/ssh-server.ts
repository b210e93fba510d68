export interface SshServerOptions {
  /** Three octal digits, such as "022": what the login user's commands start with. */
  readonly umask: string;
  /** Shown before the login; "" for none. */
  readonly banner: string;
}

/** The ssh server of a node, listening on a port of its own behind the node's gate. */
export interface SshServer {
  /** Starts it, or starts it anew with other options, and tells the port. Sessions that are open stay. */
  start(options: SshServerOptions): Promise<number>;
  stop(): Promise<void>;
  /** How many commands it has run. */
  executions(): number;
}
