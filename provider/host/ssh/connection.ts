import type { Client, ClientChannel } from "ssh2";
import { TableauError } from "../../vocabulary/error";
import { closedError } from "../connection-lost";
import type { Dialed } from "./dialed";
import type { Connection } from "../host";
import { platformOf, type Platform } from "../platform";
import { keepAlive } from "./keep-alive";
import { Loss } from "./loss";
import { restingProcess } from "./resting-process";
import type { KeepableProcess } from "../script/running-process";
import { SessionGate, type SessionKind } from "../script/session-gate";
import { channelProcess } from "./channel";
import type { SshContext } from "./context";
import { dial } from "./dial";
import { openExec } from "./exec";

interface Live {
  readonly dialed: Dialed;
  readonly loss: Loss;
}

/** The one connection to a node: opened when first needed, opened anew after it was lost. */
export class SshConnection {
  readonly #node: string;
  readonly #connection: Connection;
  readonly #context: SshContext;
  readonly #gate: SessionGate;
  readonly #closing = new AbortController();
  #live: Promise<Live> | undefined;
  #dialed: Dialed | undefined;
  #work = 0;

  constructor(node: string, connection: Connection, context: SshContext) {
    this.#node = node;
    this.#connection = connection;
    this.#context = context;
    this.#gate = new SessionGate(
      context.sessionsPerConnection,
      () => this.#exhausted(),
      () => this.#hold(),
    );
  }

  /** Connects and logs in, unless that is done: what the server at the other end is, and how it names itself. */
  async server(): Promise<{ readonly platform: Platform; readonly software: string }> {
    const { software } = (await this.#connected()).dialed;
    return { platform: platformOf(software), software };
  }

  /** The connection itself, for what is no command. */
  async client(): Promise<Client> {
    return (await this.#connected()).dialed.client;
  }

  /** Keeps the program alive while work goes on that is no command. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#work += 1;
    this.#hold();
    try {
      return await work();
    } finally {
      this.#work -= 1;
      this.#hold();
    }
  }

  /** Starts a command as soon as one of the connection's sessions is free: one exec channel. */
  async start(command: string, kind: SessionKind): Promise<KeepableProcess> {
    // First, so that everybody who waits for a node that cannot be reached hears of it together.
    await this.#connected();
    await this.#gate.enter(kind);
    try {
      const { channel, live } = await this.#exec(command, kind);
      this.#context.counts.sessions += 1;
      const usable = (): boolean => this.#dialed === live.dialed && live.dialed.socket.writable;
      return restingProcess(channelProcess(channel, live.loss), this.#gate, kind, {
        usable,
        endSeconds: this.#context.waits.shellEnd,
      });
    } catch (error) {
      if (!(error instanceof GateLeft)) this.#gate.leave(kind);
      throw error instanceof GateLeft ? error.cause : error;
    }
  }

  close(): void {
    this.#closing.abort();
    this.#dialed?.close();
  }

  async #exec(command: string, kind: SessionKind): Promise<{ readonly channel: ClientChannel; readonly live: Live }> {
    for (let refusals = 0; ; refusals += 1) {
      const live = await this.#connected();
      const opened = await openExec(this.#node, live.dialed.client, command, {
        seconds: this.#context.waits.session,
        othersEnd: this.#gate.willFree(kind),
        refusals,
        lost: () => this.#dialed !== live.dialed,
        silent: () => this.#leave(live),
      });
      if (opened !== "refused" && opened !== "disconnected") return { channel: opened, live };
      if (opened === "disconnected") this.#forget(live);
      else if (this.#gate.willFree(kind)) await this.#gate.enterAgainWithLowerLimit(kind).catch(leftGate);
    }
  }

  // A server that says nothing may start later what nobody waits for any more. What others run on the connection goes on.
  #leave(live: Live): void {
    if (this.#gate.busy > 1 || this.#work > 1) return;
    this.#forget(live);
    live.dialed.close();
  }

  // Somebody else may have connected anew already.
  #forget(live: Live): void {
    if (this.#dialed === live.dialed) this.#live = this.#dialed = undefined;
  }

  #connected(): Promise<Live> {
    if (this.#closing.signal.aborted) return Promise.reject(closedError(this.#node));
    this.#live ??= this.#dial();
    return this.#live;
  }

  async #dial(): Promise<Live> {
    try {
      const dialed = await dial(this.#node, this.#connection, this.#context, this.#closing.signal);
      this.#dialed = dialed;
      this.#hold();
      keepAlive(dialed, this.#context.waits.keepAlive);
      return { dialed, loss: this.#lossOf(dialed) };
    } catch (error) {
      this.#live = undefined;
      throw error;
    }
  }

  #lossOf(dialed: Dialed): Loss {
    const loss = new Loss();
    let reason = "the other end closed it";
    dialed.client.on("error", (error) => (reason = error.message));
    dialed.client.once("close", () => {
      if (this.#dialed === dialed) this.#live = this.#dialed = undefined;
      dialed.close();
      loss.happened(this.#closing.signal.aborted ? "this program closed it" : reason);
    });
    return loss;
  }

  // An idle connection must not keep the program alive.
  #hold(): void {
    if (this.#gate.busy + this.#work > 0) this.#dialed?.socket.ref();
    else this.#dialed?.socket.unref();
  }

  #exhausted(): TableauError {
    return new TableauError("host-unreachable", {
      node: this.#node,
      message: `The SSH server allows ${this.#gate.limit} sessions on one connection and all of them are held open.`,
      next: "Raise MaxSessions in the server's sshd_config (its default is 10).",
    });
  }
}

/** The gate was left already when this error came. */
class GateLeft extends Error {}

function leftGate(cause: unknown): never {
  throw new GateLeft("gate left", { cause });
}
