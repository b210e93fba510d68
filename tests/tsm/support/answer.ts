import type { Call, CallAnswer } from "../../../provider/tsm/call";
import type { FakeOutput } from "./fake-host";

/** The answer to a call, as the runner would hand it to a parser. */
export function answerOf(call: Call, { stdout = "", stderr = "", exit = 0 }: FakeOutput): CallAnswer {
  return { node: "node1", call, stdout, stderr, exit };
}
