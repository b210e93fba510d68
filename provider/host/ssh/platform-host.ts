import type { Answer, AnswerLine, Host, RunAs, Script, Session } from "../host";
import { checkPlatform, type Platform } from "../platform";

/** What is at the other end of a connection, and how it names itself. */
export type AskPlatform = () => Promise<{ readonly platform: Platform; readonly software: string }>;

/** A node whose platform shows when it is reached. */
export class PlatformHost implements Host {
  readonly node: string;
  readonly #expected: Platform | undefined;
  readonly #ask: AskPlatform;
  readonly #hosts: Readonly<Record<Platform, Host>>;

  constructor(node: string, expected: Platform | undefined, ask: AskPlatform, hosts: Readonly<Record<Platform, Host>>) {
    this.node = node;
    this.#expected = expected;
    this.#ask = ask;
    this.#hosts = hosts;
  }

  async ready(): Promise<void> {
    await this.#ask();
  }

  prepare(as: RunAs, timeoutSeconds: number): void {
    this.#host().then(
      (host) => host.prepare?.(as, timeoutSeconds),
      () => undefined,
    );
  }

  async run(script: Script, onRecord?: (record: AnswerLine) => void): Promise<Answer> {
    return await (await this.#host()).run(script, onRecord);
  }

  async open(script: Script): Promise<Session> {
    return await (await this.#host()).open(script);
  }

  async #host(): Promise<Host> {
    const { platform, software } = await this.#ask();
    checkPlatform(this.node, this.#expected, platform, `its SSH server is ${software || "without a name"}`);
    return this.#hosts[platform];
  }
}
