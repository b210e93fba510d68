import { TableauError, type ErrorCode } from "../../../provider/vocabulary/error";
import type { Answer, AnswerLine, Host, Script, Session } from "../../../provider/host/host";

/** What happens at one script: nothing that a server did wrong. */
export const accidents = ["refused", "timed out", "answer lost", "half", "nothing", "disk full", "cut"] as const;
export type Accident = (typeof accidents)[number];

export interface FaultAtOptions {
  readonly fill: (node: string, how: "full" | "free") => void;
  readonly cut: (node: string) => void;
}

/** Lets one accident happen at one script of an operation, whichever it is in their order. */
export class FaultAt {
  /** Name of the script at which it happened; absent: it has not. */
  struck: string | undefined;
  /** How many scripts ran. */
  scripts = 0;
  #at = -1;
  #accident: Accident = "refused";

  constructor(readonly options: FaultAtOptions) {}

  begin(at: number, accident: Accident): void {
    Object.assign(this, { struck: undefined, scripts: 0 });
    this.#at = at;
    this.#accident = accident;
  }

  /** Nothing happens any more. */
  end(): void {
    this.#at = -1;
  }

  wrap(host: Host): Host {
    return {
      node: host.node,
      ready: () => host.ready?.() ?? Promise.resolve(),
      prepare: (as, timeoutSeconds) => host.prepare?.(as, timeoutSeconds),
      open: async (script): Promise<Session> => await host.open(script),
      run: async (script, onRecord): Promise<Answer> => {
        const isHere = this.scripts === this.#at;
        this.scripts += 1;
        if (!isHere) return await host.run(script, onRecord);
        this.struck = `${host.node} ${script.name}`;
        return await this.#strike(host, script, onRecord);
      },
    };
  }

  async #strike(host: Host, script: Script, onRecord?: (record: AnswerLine) => void): Promise<Answer> {
    const failed = (code: ErrorCode, what: string): TableauError =>
      new TableauError(code, { node: host.node, message: `The script "${script.name}" ${what}.`, next: "Look after the node." });
    switch (this.#accident) {
      case "refused":
        throw failed("host-unreachable", "could not be run: connect ECONNREFUSED");
      case "timed out":
        throw failed("host-timeout", "took longer than its time");
      case "answer lost":
        await host.run(script, onRecord);
        throw failed("host-connection-lost", "ran when its connection was lost");
      case "half": {
        const answer = await host.run(script, onRecord);
        return { ...answer, records: answer.records.slice(0, Math.floor(answer.records.length / 2)) };
      }
      case "nothing":
        return { ...(await host.run(script, onRecord)), records: [] };
      case "disk full":
        this.options.fill(host.node, "full");
        return await host.run(script, onRecord).finally(() => this.options.fill(host.node, "free"));
      case "cut": {
        const running = host.run(script, onRecord);
        running.catch(() => undefined);
        await new Promise((resolve) => setImmediate(resolve));
        this.options.cut(host.node);
        return await running;
      }
    }
  }
}
