import { TableauError, type ErrorCode } from "../../../provider/vocabulary/error";
import type { Answer, AnswerLine, Host, Script } from "../../../provider/host/host";

/** What becomes of one look. */
export const oddities = [
  "refused",
  "timed out",
  "answer lost",
  "nothing",
  "half",
  "garbled",
  "tsm fails",
  "controller away",
  "other digests",
  "other processes",
  "strange words",
] as const;

export type Oddity = (typeof oddities)[number];

/** Which of the looks after the restart, in their order, is an odd one, and how. */
export type OddLooks = ReadonlyMap<number, Oddity>;

const looking: ReadonlySet<string> = new Set(["observe", "tsm"]);

/** Makes looks at nodes odd, from the moment at which tsm has reported a restart as done. */
export class OddEyes {
  /** How many odd looks there were. */
  met = 0;
  #odd: OddLooks = new Map();
  #phase: "before" | "after" = "before";
  #looks = 0;
  #onDone: () => void = () => undefined;

  /** @param onDone called when tsm has reported the restart as done, before anybody hears of it. */
  begin(odd: OddLooks, onDone: () => void = () => undefined): void {
    this.#odd = odd;
    this.#onDone = onDone;
    this.#phase = "before";
    this.#looks = 0;
    this.met = 0;
  }

  wrap(host: Host): Host {
    return {
      node: host.node,
      ready: () => host.ready?.() ?? Promise.resolve(),
      prepare: (as, timeoutSeconds) => host.prepare?.(as, timeoutSeconds),
      open: (script) => host.open(script),
      run: async (script, onRecord) => await this.#run(host, script, onRecord),
    };
  }

  async #run(host: Host, script: Script, onRecord?: (record: AnswerLine) => void): Promise<Answer> {
    if (this.#phase === "before" || !looking.has(script.name)) {
      const answer = await host.run(script, onRecord);
      if (script.name === "tsm" && isJob(script) && this.#phase === "before") {
        this.#phase = "after";
        this.#onDone();
      }
      return answer;
    }
    const oddity = this.#odd.get(this.#looks);
    this.#looks += 1;
    if (oddity === undefined) return await host.run(script, onRecord);
    this.met += 1;
    return await look(host, script, oddity);
  }
}

// A list of jobs stands before it.
function isJob({ args }: Script): boolean {
  return args.includes("restart") || args.includes("apply");
}

async function look(host: Host, script: Script, oddity: Oddity): Promise<Answer> {
  const failed = (code: ErrorCode, what: string): TableauError =>
    new TableauError(code, { node: host.node, message: `The script "${script.name}" ${what}.`, next: "Look after the node." });
  if (oddity === "refused") throw failed("host-unreachable", "could not be run: connect ECONNREFUSED");
  if (oddity === "timed out") throw failed("host-timeout", "took longer than its time");
  const answer = await host.run(script);
  switch (oddity) {
    case "answer lost":
      throw failed("host-connection-lost", "ran when its connection was lost");
    case "nothing":
      return { ...answer, records: [] };
    case "half":
      return { ...answer, records: answer.records.slice(0, Math.floor(answer.records.length / 2)) };
    case "garbled":
      return { ...answer, records: answer.records.map((record) => mapFields(record, garbled)) };
    case "tsm fails":
      return printing(answer, { stdout: "", stderr: "An unexpected error occurred: java.lang.OutOfMemoryError", exit: "1" });
    case "controller away":
      return printing(answer, { stdout: "Could not connect to server.", stderr: "", exit: "1" });
    case "other digests":
      return changed(answer, "digest", 2, "0".repeat(64));
    case "other processes":
      return { ...answer, records: answer.records.filter(([key]) => key !== "process") };
    case "strange words":
      return {
        ...answer,
        records: answer.records.map((record) => mapFields(record, (field) => field.replace(/ is running/g, " is unlicensed"))),
      };
  }
}

function garbled(field: string): string {
  return field.replace(/[A-Za-z]/g, "\ufffd");
}

function printing(answer: Answer, { stdout, stderr, exit }: Readonly<Record<"stdout" | "stderr" | "exit", string>>): Answer {
  return changed(changed(changed(answer, "stdout", 2, stdout), "stderr", 2, stderr), "exit", 2, exit);
}

function changed(answer: Answer, key: string, index: number, value: string): Answer {
  const records = answer.records.map((record) =>
    record[0] === key ? mapFields(record, (field, i) => (i === index ? value : field)) : record,
  );
  return { ...answer, records };
}

function mapFields([key, ...fields]: AnswerLine, change: (field: string, index: number) => string): AnswerLine {
  return [key, ...fields.map((field, i) => change(field, i + 1))];
}
