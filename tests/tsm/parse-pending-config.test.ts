import * as command from "../../provider/tsm/command";
import { parsePendingConfig } from "../../provider/tsm/parse-pending-config";
import { answerOf } from "./support/answer";

const call = command.listPending("config");

test("an unreadable list is told by call and line, without its text", () => {
  expect(() => parsePendingConfig(answerOf(call, { stdout: "Key\n\nValue" }), [])).toThrow(
    /`tsm pending-changes list --config-only` cannot be understood \(line 3\)/,
  );
  expect(() => parsePendingConfig(answerOf(call, { stdout: "x", stderr: "hunter2", exit: 1 }), [])).not.toThrow(/hunter2/);
});
