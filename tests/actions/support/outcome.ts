import { failures, type Outcome } from "../../../provider/actions/check-answer";
import type { Answer } from "../../../provider/host/host";
import { ReplyReader } from "../../../provider/host/reply";

/** What an answer tells of a failure. */
export function outcomeOf({ records, status, errorText }: Answer): Outcome {
  const reader = new ReplyReader(failures);
  for (const record of records) if (Object.hasOwn(failures, record[0])) reader.add(record);
  return { lines: reader.end(status), status, errorText };
}
