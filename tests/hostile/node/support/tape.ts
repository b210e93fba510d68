import type { AnswerLine, Host } from "../../../../provider/host/host";
import type { ReplyForm } from "../../../../provider/host/reply";
import { type CurrentRun, outsideOfRuns } from "./current-run";
import type { FormedScript } from "./watched-ask";

/** One true answer. */
export interface TrueAnswer {
  readonly records: readonly AnswerLine[];
  readonly status: number;
  readonly errorText: string;
}

/** What a node answered to one script, each time that it was asked. */
export interface Track {
  readonly form: ReplyForm;
  readonly answers: TrueAnswer[];
  readonly kind: "run" | "session";
}

/** What a node answered, by the names of scripts. */
export type Tape = Map<string, Track>;

/** Runs on real nodes, and writes down what they answer. */
export function recording(tape: Tape, hostOf: CurrentRun["host"]): CurrentRun {
  const noteOf = ({ name, form = {} }: FormedScript, kind: Track["kind"], answer: TrueAnswer): void => {
    const track = tape.get(name) ?? { form, answers: [], kind };
    track.answers.push(answer);
    tape.set(name, track);
  };
  const hosts = new Map<Host, Host>();
  return {
    refused: () => undefined,
    host: (address) => {
      const host = outsideOfRuns(() => hostOf(address));
      const recorded = hosts.get(host) ?? recordingHost(host, noteOf);
      hosts.set(host, recorded);
      return recorded;
    },
  };
}

function recordingHost(host: Host, noteOf: (script: FormedScript, kind: Track["kind"], answer: TrueAnswer) => void): Host {
  return {
    ...passedOn(host),
    run: async (script, onRecord) => {
      const records: AnswerLine[] = [];
      const answer = await host.run(script, (record) => {
        records.push(record);
        onRecord?.(record);
      });
      noteOf(script, "run", { ...answer, records });
      return answer;
    },
    open: async (script) => {
      const session = await host.open(script);
      const records: AnswerLine[] = [];
      noteOf(script, "session", { records, status: 0, errorText: "" });
      async function* heard(): AsyncIterableIterator<AnswerLine> {
        for await (const record of session.records()) {
          records.push(record);
          yield record;
        }
      }
      return {
        records: heard,
        write: (bytes) => session.write(bytes),
        close: () => session.close(),
        closed: session.closed,
      };
    },
  };
}

function passedOn(host: Host): Pick<Host, "node" | "ready" | "prepare"> {
  return {
    node: host.node,
    ready: () => host.ready?.() ?? Promise.resolve(),
    prepare: (as, seconds) => host.prepare?.(as, seconds),
  };
}
