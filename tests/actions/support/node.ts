import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { type Action, questionOf } from "../../../provider/actions/action";
import type { Arguments, Values } from "../../../provider/actions/arguments";
import type { ReplyForm } from "../../../provider/host/reply";
import { deliver } from "../../../provider/actions/deliver";
import type { DescribedPackage } from "../../../provider/actions/deliver/windows";
import { place } from "../../../provider/actions/place";
import { stage } from "../../../provider/actions/stage";
import { HostPool } from "../../../provider/host/pool";
import { liveChanges } from "./live-changes";
import type { Answer, Host, Script, Session } from "../../../provider/host/host";

/** For scripts that run with sh alone. */
export const noWindows = (): Promise<never> => Promise.reject(new Error("this test has no Windows machine"));

/** This machine as a node, with a state directory and a live directory of its own. */
export class LocalNode {
  readonly folder = mkdtempSync(join(tmpdir(), "deploy-"));
  readonly state = join(this.folder, "state");
  readonly store = join(this.state, "store");
  readonly live = join(this.folder, "live with 'spaces' $(x)");
  readonly host: Host = new HostPool().host({ name: "node1", privilege: "none" });

  constructor() {
    mkdirSync(this.live);
  }

  async run(name: string, linux: string, args: readonly string[], input?: Script["input"]): Promise<Answer> {
    return await this.host.run({
      name,
      linux,
      windows: noWindows,
      args,
      as: "privileged",
      timeoutSeconds: 30,
      ...(input === undefined ? {} : { input }),
    });
  }

  async perform<A extends Arguments, R extends ReplyForm>(
    action: Action<A, R>,
    values: Values<A>,
    input?: Script["input"],
  ): Promise<Answer> {
    return await this.host.run(questionOf(action, values, { timeoutSeconds: 30, ...(input === undefined ? {} : { input }) }));
  }

  async begin<A extends Arguments, R extends ReplyForm>(action: Action<A, R>, values: Values<A>): Promise<Session> {
    return await this.host.open(questionOf(action, values, { timeoutSeconds: 30 }));
  }

  /** Delivers a package whose bytes these are; or are not, where another digest or size is given. */
  async deliver(bytes: Buffer | string, of: Partial<DescribedPackage> = {}): Promise<Answer> {
    const [sha256, size] = [digest(bytes), Buffer.byteLength(bytes)];
    const described = { sha256, size, pluginClass: "class", pluginVersion: "1.0", fileName: "x.taco", live: null, ...of };
    return await this.perform(deliver, { stateDirectory: this.state, packages: [described] }, Buffer.from(bytes));
  }

  async stage(...digests: readonly string[]): Promise<Answer> {
    return await this.perform(stage, { stateDirectory: this.state, directory: this.live, digests });
  }

  async place(...steps: readonly string[]): Promise<Answer> {
    return await this.perform(place, { stateDirectory: this.state, changes: liveChanges(steps) });
  }

  /** Names and texts of the files of a folder. */
  files(folder: string): Record<string, string> {
    return Object.fromEntries(
      readdirSync(folder)
        .sort()
        .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

export function digest(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}

export function keys(answer: Answer): string[] {
  return answer.records.map(([key]) => key);
}
