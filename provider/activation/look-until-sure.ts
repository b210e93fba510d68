import { systemClock } from "../tsm/clock";

/** What one look at a server showed. A look that throws showed nothing. */
export type Look<Right, Wrong> =
  /** As it should be; `notes` are what is strange about it, in words. */
  | { readonly kind: "right"; readonly value: Right; readonly notes: readonly string[] }
  /** Not as it should be yet, which time may change. */
  | { readonly kind: "not yet"; readonly why: Wrong }
  /** Not as it should be, which time does not change. */
  | { readonly kind: "wrong"; readonly why: Wrong };

/** What is known in the end: `unseen` is no knowledge of the server, and nobody may act on it as if it were. */
export type Sure<Right, Wrong> = Look<Right, Wrong> | { readonly kind: "unseen"; readonly error: Error };

/** Nothing is decided by one look that could be an odd one: what is not right has to be seen so often in a row. */
const looksToBeSure = 3;

/** What is strange may be on its way to be usual: it is accepted when it stayed the same for so many looks. */
const looksToSettle = 4;

/** After the time is over so many looks are taken at most: a machine that slept has used its time up without one. */
const lastLooks = 9;

const firstPauseSeconds = 0.25;
const longestPauseSeconds = 15;

/**
 * Looks at a server until what is seen can be relied upon, no longer than `seconds` by a clock that does not step. Whatever cannot
 * be read (a command that fails, a connection that is lost, an answer that is cut) is looked at again.
 *
 * @param onWait hears of each look after which another one is needed.
 */
export async function lookUntilSure<Right, Wrong>(
  look: (which: "first" | "further") => Promise<Look<Right, Wrong>>,
  seconds: number,
  onWait: (seen: Sure<Right, Wrong>) => void = () => undefined,
): Promise<Sure<Right, Wrong>> {
  const deadline = systemClock.now() + seconds;
  const row = { key: "", looks: 0 };
  let late = 0;
  for (let pause = firstPauseSeconds; ; pause = Math.min(pause * 2, longestPauseSeconds)) {
    const seen = await look(pause === firstPauseSeconds ? "first" : "further").catch(unseen);
    const key = seen.kind === "right" ? `right ${seen.notes.join("; ")}` : seen.kind;
    row.looks = row.key === key ? row.looks + 1 : 1;
    row.key = key;
    const isOver = systemClock.now() >= deadline;
    if (isSure(seen, row.looks, isOver ? "over" : "left")) return seen;
    late += isOver ? 1 : 0;
    // It shows something else each time: nothing is known.
    if (late >= lastLooks) return seen.kind === "unseen" ? seen : { kind: "unseen", error: new Error("each look showed something else") };
    onWait(seen);
    await systemClock.sleep(pause);
  }
}

function isSure(seen: Sure<unknown, unknown>, looks: number, time: "over" | "left"): boolean {
  switch (seen.kind) {
    case "right":
      return seen.notes.length === 0 || looks >= looksToSettle || time === "over";
    case "wrong":
      return looks >= looksToBeSure;
    case "not yet":
    case "unseen":
      return time === "over" && looks >= looksToBeSure;
  }
}

function unseen(reason: unknown): { readonly kind: "unseen"; readonly error: Error } {
  return { kind: "unseen", error: reason instanceof Error ? reason : new Error(String(reason)) };
}
