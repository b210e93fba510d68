import type { CurrentRun } from "./current-run";
import { during } from "./current-run";
import { recording, type Tape } from "./tape";

/** Something that people do, with nodes that answer. */
export interface Door {
  readonly name: string;
  readonly open: () => Promise<unknown>;
}

/** A door, and what the nodes truly answered when it was opened. */
export interface RecordedDoor extends Door {
  readonly tape: Tape;
}

/** Opens a door on real nodes, and writes down what they answer. */
export async function recorded<T>(doors: RecordedDoor[], name: string, hostOf: CurrentRun["host"], open: () => Promise<T>): Promise<T> {
  const tape: Tape = new Map();
  const result = await during(recording(tape, hostOf), open);
  doors.push({ name, open, tape });
  return result;
}
