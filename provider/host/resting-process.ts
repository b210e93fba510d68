import type { KeepableProcess, RunningProcess } from "./running-process";
import type { Resting, SessionGate, SessionKind } from "./session-gate";

// A shell ends with its standard input at once; what it has left in the background may keep the session open.
const patienceMilliseconds = 2000;

/** A process with its place in the gate, which it leaves when it ends. `usable` tells whether its connection still stands. */
export function restingProcess(process: RunningProcess, gate: SessionGate, kind: SessionKind, usable: () => boolean): KeepableProcess {
  let ended = false;
  const place: Resting = { end: () => end(process) };
  void process.ended.then(() => {
    ended = true;
    gate.leave(kind, place);
  });
  return {
    ...process,
    rest: () => {
      if (!ended) gate.rest(place);
    },
    wake: () => (!ended && gate.wake(place) && usable() && process.stdin.writable ? "ready" : "gone"),
    dismiss: () => {
      gate.wake(place);
      end(process);
    },
  };
}

function end(process: RunningProcess): void {
  process.stdin.end();
  const timer = setTimeout(() => process.stop(), patienceMilliseconds).unref();
  void process.ended.then(() => clearTimeout(timer));
}
