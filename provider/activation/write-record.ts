import { createHash } from "node:crypto";
import { ask } from "../host/ask";
import { once } from "../host/reply";
import type { ServerRecord } from "../plan/record/record";
import { checkAnswer, failures } from "../actions/check-answer";
import { recordScript } from "../actions/record/linux";
import { recordForm } from "../actions/record/windows";
import type { Target } from "./target";

/** What happens to the note that a restart is due: written with its reason, cleared, or left as it is. */
export type RestartNote = { readonly due: string } | "clear" | "leave";

/** Writes the record of a server, and the note that a restart is due, on its initial node. */
export async function writeRecord(target: Target, record: ServerRecord, note: RestartNote): Promise<void> {
  const [host] = target.hosts;
  const text = Buffer.from(`${JSON.stringify(record, null, 2)}\n`);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const answer = await ask(host, {
    name: "record",
    text: recordScript,
    windows: recordForm,
    args: [target.stateDirectory, ...(typeof note === "object" ? ["due", note.due] : [note, ""]), sha256],
    reply: { recorded: once({}), ...failures },
    as: "privileged",
    input: text,
    timeoutSeconds: target.timeouts.command,
  });
  checkAnswer(host.node, "write the record", answer);
}
