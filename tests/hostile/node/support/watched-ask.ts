import type { Conversation, Question, Reply } from "../../../../provider/host/ask";
import type * as Ask from "../../../../provider/host/ask";
import type * as Pool from "../../../../provider/host/pool";
import type { Host, NodeAddress, Script } from "../../../../provider/host/host";
import type { LineOf, Lines, ReplyForm } from "../../../../provider/host/reply";
import type * as Time from "../../../../provider/tsm/clock";
import { currentRun } from "./current-run";

/** A script as a node of these tests gets it: with what its answer may be. */
export type FormedScript = Script & { readonly form?: ReplyForm };

/** provider/host/ask, whose questions tell the node what may be answered, and whose refusals are heard of. */
export function watchedAsk(actual: typeof Ask): typeof Ask {
  const watched = async <T>(script: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      currentRun()?.refused(script, error);
      throw error;
    }
  };
  return {
    ...actual,
    ask: async <R extends ReplyForm>(
      host: Host,
      question: Question<R>,
      onLine?: (line: LineOf<R>, soFar: Lines<R>) => void,
    ): Promise<Reply<R>> => await watched(question.name, () => actual.ask(host, withForm(question), onLine)),
    converse: async <R extends ReplyForm>(host: Host, question: Question<R>): Promise<Conversation<R>> => {
      const conversation = await watched(question.name, () => actual.converse(host, withForm(question)));
      async function* lines(): AsyncIterableIterator<LineOf<R>> {
        const all = conversation.lines();
        for (;;) {
          const next = await watched(question.name, () => all.next());
          if (next.done === true) return;
          yield next.value;
        }
      }
      return { ...conversation, lines };
    },
  };
}

function withForm<R extends ReplyForm>(question: Question<R>): Question<R> & { readonly form: R } {
  return { ...question, form: question.reply };
}

/** provider/host/pool, whose hosts are those of the current run. */
export function watchedPool(actual: typeof Pool): typeof Pool {
  class WatchedPool extends actual.HostPool {
    override host(address: NodeAddress): Host {
      return currentRun()?.host(address) ?? super.host(address);
    }
  }
  return { ...actual, HostPool: WatchedPool };
}

/** provider/tsm/clock, whose time is that of the current run. */
export function watchedClock(actual: typeof Time): typeof Time {
  const clock = (): Time.Clock => currentRun()?.clock ?? actual.systemClock;
  return { ...actual, systemClock: { now: () => clock().now(), sleep: (seconds) => clock().sleep(seconds) } };
}
