import type { Answer, Host, NodeAddress, Script, Session } from "../../../provider/host/host";
import { HostPool } from "../../../provider/host/pool";

/** One script that ran on a node. */
export interface RanScript {
  readonly node: string;
  readonly name: string;
  readonly args: readonly string[];
  /** Keys of its answer's records; absent for a session and for a script that failed. */
  answered?: readonly string[];
}

/** Hears of a script before it runs, and is waited for: to do something at a certain moment. */
export type BeforeScript = (script: RanScript) => void | Promise<void>;

/** The real hosts, with every script that runs on them written down. */
export class RecordingPool extends HostPool {
  readonly ran: RanScript[] = [];
  before: BeforeScript | undefined;
  readonly #wrapped = new Map<Host, Host>();

  override host(address: NodeAddress): Host {
    const host = super.host(address);
    const wrapped = this.#wrapped.get(host) ?? this.#wrap(host);
    this.#wrapped.set(host, wrapped);
    return wrapped;
  }

  #wrap(host: Host): Host {
    return {
      node: host.node,
      ready: () => host.ready?.() ?? Promise.resolve(),
      prepare: (as, timeoutSeconds) => host.prepare?.(as, timeoutSeconds),
      run: async (script: Script, onRecord): Promise<Answer> => {
        const ran = await this.#note(host, script);
        const answered: string[] = [];
        const answer = await host.run(script, (record) => {
          answered.push(record[0]);
          onRecord?.(record);
        });
        ran.answered = answered;
        return answer;
      },
      open: async (script: Script): Promise<Session> => {
        await this.#note(host, script);
        return await host.open(script);
      },
    };
  }

  async #note(host: Host, { name, args }: Script): Promise<RanScript> {
    const ran: RanScript = { node: host.node, name, args };
    this.ran.push(ran);
    await this.before?.(ran);
    return ran;
  }
}
