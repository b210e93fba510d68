import { TableauError } from "../../provider/vocabulary/error";
import type { Call, CallAnswer } from "../../provider/tsm/call";
import * as command from "../../provider/tsm/command";
import { assertAnswered } from "../../provider/tsm/failure-error";
import { parseJobOutput } from "../../provider/tsm/parse-job-output";
import { parseJobs } from "../../provider/tsm/parse-jobs";
import { parseKey } from "../../provider/tsm/parse-key";
import { parseNodes } from "../../provider/tsm/parse-nodes";
import { parsePendingConfig } from "../../provider/tsm/parse-pending-config";
import { parsePendingTopology } from "../../provider/tsm/look";
import { parseProgress } from "../../provider/tsm/parse-progress";
import { parseStatus } from "../../provider/tsm/parse-status";
import { parseVersion } from "../../provider/tsm/parse-version";
import { readFailure } from "../../provider/tsm/read-failure";
import { answerOf } from "./support/answer";
import { readTranscripts } from "./support/transcript";

interface Parser {
  readonly folder: string;
  readonly call: Call;
  readonly parse: (answer: CallAnswer) => unknown;
}

const parsers: readonly Parser[] = [
  { folder: "version", call: command.version(), parse: parseVersion },
  { folder: "status", call: command.status(), parse: parseStatus },
  { folder: "nodes", call: command.listNodes(), parse: parseNodes },
  { folder: "key", call: command.getKey("native_api.connect_plugins_path"), parse: parseKey },
  { folder: "pending-config", call: command.listPending("config"), parse: (answer) => parsePendingConfig(answer, ["/opt/my connectors"]) },
  { folder: "pending-topology", call: command.listPending("topology"), parse: parsePendingTopology },
  { folder: "job-output", call: command.applyPending(1800), parse: (answer) => withoutUndefined(parseJobOutput(answer.stdout)) },
  { folder: "progress", call: command.applyPending(1800), parse: (answer) => parseProgress(answer.stdout) },
  { folder: "jobs", call: command.listJobs(), parse: parseJobs },
  { folder: "failure", call: command.status(), parse: (answer) => readFailure(answer) ?? null },
];

describe.each(parsers)("$folder", ({ folder, call, parse }) => {
  test.each(readTranscripts(folder).map((transcript) => [transcript.name, transcript] as const))("%s", (_, { output, expected }) => {
    expect(outcome(() => parse(answerOf(call, output)))).toEqual(expected);
  });
});

describe("every failure", () => {
  test.each(readTranscripts("failure").map((transcript) => [transcript.name, transcript] as const))(
    "%s tells what to do next",
    (_, { output, expected }) => {
      const thrown = outcome(() => {
        assertAnswered(answerOf(command.status(), output));
      });
      expect(thrown === undefined).toBe(expected === null);
    },
  );
});

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error instanceof TableauError ? { error: error.code, line: /\(line (\d+)\)/.exec(error.message)?.[1] } : error;
  }
}

function withoutUndefined(value: object): object {
  return JSON.parse(JSON.stringify(value)) as object;
}
