import { noiseLines } from "../../simulator/controller/noise";
import type { Call, CallAnswer } from "../../provider/tsm/call";
import * as command from "../../provider/tsm/command";
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
import { outcomeOf } from "./support/outcome-of";
import { answerOf } from "./support/answer";
import type { FakeOutput } from "./support/fake-host";
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
  { folder: "job-output", call: command.applyPending(1800), parse: ({ stdout }) => ({ ...parseJobOutput(stdout), text: "" }) },
  { folder: "progress", call: command.applyPending(1800), parse: ({ stdout }) => parseProgress(stdout) },
  { folder: "jobs", call: command.listJobs(), parse: parseJobs },
  { folder: "failure", call: command.status(), parse: readFailure },
];

const places: Readonly<Record<string, (output: FakeOutput, noise: string) => FakeOutput>> = {
  "on standard error": (output, noise) => ({ ...output, stderr: `${noise}${output.stderr ?? ""}` }),
  "before the answer": (output, noise) => ({ ...output, stdout: `${noise}${output.stdout ?? ""}` }),
  "after the answer": (output, noise) => ({ ...output, stdout: `${withLineEnd(output.stdout ?? "")}${noise}` }),
};

describe.each(Object.entries(noiseLines))("noise of %s", (_kind, lines) => {
  describe.each(Object.entries(places))("%s", (_place, add) => {
    test.each(parsers)("changes no answer: $folder", ({ folder, call, parse }) => {
      for (const { name, output } of readTranscripts(folder)) {
        for (const end of ["\n", "\r\n"]) {
          const noisy = add(output, lines.map((line) => `${line}${end}`).join(""));
          expect([name, outcomeOf(() => parse(answerOf(call, noisy)))]).toEqual([name, outcomeOf(() => parse(answerOf(call, output)))]);
        }
      }
    });
  });
});

function withLineEnd(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
