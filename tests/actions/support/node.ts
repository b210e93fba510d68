import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { placeScript } from "../../../provider/actions/place/linux";
import { stageScript } from "../../../provider/actions/stage/linux";
import { HostPool } from "../../../provider/host/pool";
import type { Answer, Host, Script } from "../../../provider/host/host";

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

  async run(name: string, text: string, args: readonly string[], input?: Script["input"]): Promise<Answer> {
    return await this.host.run({ name, text, args, as: "privileged", timeoutSeconds: 30, ...(input === undefined ? {} : { input }) });
  }

  async stage(...digests: readonly string[]): Promise<Answer> {
    return await this.run("stage", stageScript, [this.state, this.live, ...digests]);
  }

  async place(...steps: readonly string[]): Promise<Answer> {
    return await this.run("place", placeScript, [this.state, ...steps]);
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

export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function keys(answer: Answer): string[] {
  return answer.records.map(([key]) => key);
}
