import type { KeepableProcess, RunningProcess } from "../script/running-process";
import type { Resting, SessionGate, SessionKind } from "../script/session-gate";

/** A process with its place in the gate, which it leaves when it ends. `usable` tells whether its connection still stands. */
export function restingProcess(
  process: RunningProcess,
  gate: SessionGate,
  kind: SessionKind,
  { usable, endSeconds }: { readonly usable: () => boolean; readonly endSeconds: number },
): KeepableProcess {
  let ended = false;
  const place: Resting = { end: () => end(process, endSeconds) };
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
      end(process, endSeconds);
    },
  };
}

// A shell ends with its standard input at once; what it has left in the background may keep the session open.
function end(process: RunningProcess, endSeconds: number): void {
  process.stdin.end();
  const timer = setTimeout(() => process.stop(), endSeconds * 1000).unref();
  void process.ended.then(() => clearTimeout(timer));
}
