import type { Answer, AnswerLine, Host } from "../../../provider/host/host";

/** A node that answers every script with these records, as they stand. */
export function answeringHost(records: readonly AnswerLine[], answer: Partial<Answer> = {}, node = "node1"): Host {
  return {
    node,
    run: (_script, onRecord = () => undefined) => {
      try {
        records.forEach((record) => onRecord(record));
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
      return Promise.resolve({ records, status: 0, errorText: "", ...answer });
    },
    open: () => Promise.reject(new Error("this node opens no session")),
  };
}
