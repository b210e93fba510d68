import type { ServerRecord } from "../plan/record/record";
import { holdLock } from "./hold-lock";
import { readServerRecord } from "./read-server-record";
import type { Report } from "./report";
import type { Target } from "./target";
import { writeRecord } from "./write-record";

/** Changes the record of a server under its lock. `change` gives null where nothing has to change. */
export async function changeRecord(
  target: Target,
  who: string,
  report: Report,
  change: (record: ServerRecord | null) => ServerRecord | null,
): Promise<void> {
  const lock = await holdLock(target, who, report);
  try {
    const changed = change(await readServerRecord(target));
    if (changed === null) return;
    lock.announce();
    await writeRecord(target, changed, "leave");
  } finally {
    await lock.release();
  }
}
