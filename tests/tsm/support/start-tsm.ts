import { createTsm } from "../../../provider/tsm/create-tsm";
import type { JobEnd, Tsm } from "../../../provider/tsm/tsm";
import { codeOf } from "./code-of";
import type { FakeJobs } from "./fake-jobs";

export const options = { requestTimeoutSeconds: 1800, commandTimeoutSeconds: 60 };

/** Runs jobs on fake ones, and tells how each ended: by a word, or by the code of its error. */
export function start(fake: FakeJobs): {
  readonly tsm: Tsm;
  readonly progress: string[];
  readonly run: (kind?: "apply" | "restart") => Promise<unknown>;
  readonly lookAndRun: (kind?: "apply" | "restart") => Promise<unknown>;
} {
  const tsm = createTsm(fake.host, options, fake.clock);
  const progress: string[] = [];
  const onProgress = (line: string): void => {
    progress.push(line);
  };
  const run = async (kind: "apply" | "restart" = "apply"): Promise<unknown> => {
    try {
      return ended(await (kind === "apply" ? tsm.applyPending(onProgress) : tsm.restart(onProgress)));
    } catch (error) {
      return codeOf(error);
    }
  };
  const lookAndRun = async (kind?: "apply" | "restart"): Promise<unknown> => {
    await tsm.look();
    return await run(kind);
  };
  return { tsm, progress, run, lookAndRun };
}

const ended = (end: JobEnd): string => (end.succeeded ? "succeeded" : "failed");
