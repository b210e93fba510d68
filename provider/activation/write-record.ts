import { createHash } from "node:crypto";
import { Secret } from "../vocabulary/secret";
import type { ServerRecord } from "../plan/record/record";
import { perform } from "../actions/action";
import { checkAnswer } from "../actions/check-answer";
import { record as recordAction } from "../actions/record";
import type { Target } from "./target";

/** What happens to the note that a restart is due: written with its reason, cleared, or left as it is. */
export type RestartNote = { readonly due: string } | "clear" | "leave";

/** Writes the record of a server, and the note that a restart is due, on its initial node. */
export async function writeRecord(target: Target, record: ServerRecord, note: RestartNote): Promise<void> {
  const [host] = target.hosts;
  const text = `${JSON.stringify(record, null, 2)}\n`;
  const sha256 = createHash("sha256").update(text).digest("hex");
  const mayHoldSecrets = record.otherKeys !== undefined || (record.rolledBack ?? null) !== null;
  const { stateDirectory, timeouts } = target;
  const noted = typeof note === "object" ? { note: "due" as const, reason: note.due } : { note, reason: "" };
  // A secret is never a word of a shell's program.
  const given = { timeoutSeconds: timeouts.command, input: mayHoldSecrets ? new Secret(text) : Buffer.from(text) };
  const answer = await perform(host, recordAction, { stateDirectory, ...noted, sha256 }, given);
  checkAnswer(host.node, "write the record", answer);
}
