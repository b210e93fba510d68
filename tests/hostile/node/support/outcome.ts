import { UsageError } from "../../../../provider/cli/command";
import { TableauError, type ErrorCode } from "../../../../provider/vocabulary/error";
import { during } from "./current-run";
import type { RecordedDoor } from "./doors";
import { isUnreadable, type Malice, PlayingRun } from "./playing-run";

/** What became of one run with one lie in it. */
export interface Outcome {
  /** `not told`: that answer was not asked for, or nothing in it was changed. */
  readonly kind: "refused" | "harmless" | "not told" | "wrong";
  readonly code?: ErrorCode | "usage";
  /** What is wrong. */
  readonly why?: string;
}

const hangSeconds = 60;

/** Scripts whose failure is no failure of what people do, and why. */
const forgiven: Readonly<Record<string, string>> = {
  clean: "what cannot be removed now is removed the next time",
  "hold-lock": "what was done while the lock was held is done; who says more after it was given has lost it for everything after that",
  record: "what a server runs with already is written down by the next run",
};

/** Opens a door behind which a node tells one lie. */
export async function openWith({ open, tape }: RecordedDoor, malice: Malice): Promise<Outcome> {
  const run = new PlayingRun(tape, malice);
  const ended = await settled(during(run, open));
  if (ended.kind === "hangs") return { kind: "wrong", why: `hangs for more than ${String(hangSeconds)} seconds` };
  if ("polluted" in {}) return { kind: "wrong", why: "every object has a property of the node's" };
  if (ended.kind === "failed" && ended.error instanceof Error && /[^\P{Cc}\n]|\p{Bidi_Control}/u.test(ended.error.message)) {
    return { kind: "wrong", why: `says what moves a terminal: ${JSON.stringify(ended.error.message)}` };
  }
  const lied = [...run.verdicts].filter((verdict) => verdict !== "same");
  const code =
    ended.kind === "failed" ? codeOf(ended.error) : ended.status === 0 ? undefined : (codeOf(run.refusals.at(-1)?.error) ?? "usage");
  if (ended.kind === "failed" && code === undefined) return { kind: "wrong", why: `fails with ${describe(ended.error)}` };
  if (lied.length === 0) return { kind: "not told" };
  if (lied.includes("refused")) {
    const own = run.refusals.filter(({ script }) => script === malice.script);
    // The first line that says that there is no lock is the last that is read.
    const isOver =
      malice.script === "hold-lock" && (code === "lock-held" || code === "host-command-failed" || code === "host-folder-unsafe");
    if (!isOver && !own.some(({ error }) => isUnreadable(error))) {
      return { kind: "wrong", why: `is believed (${code ?? "all goes well"}; ${own.map(({ error }) => describe(error)).join(", ")})` };
    }
    if (code === undefined && !isForgiven(malice)) return { kind: "wrong", why: "is refused, and all goes well" };
    return { kind: "refused", code: code ?? "host-answer-unreadable" };
  }
  return code === undefined ? { kind: "harmless" } : { kind: "refused", code };
}

function isForgiven({ script, when }: Malice): boolean {
  // A record is written before anything changes, too.
  return forgiven[script] !== undefined && (script !== "record" || when === "at last");
}

type Ended =
  { readonly kind: "ended"; readonly status: number } | { readonly kind: "failed"; readonly error: unknown } | { readonly kind: "hangs" };

async function settled(work: Promise<unknown>): Promise<Ended> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Ended>((resolve) => (timer = setTimeout(() => resolve({ kind: "hangs" }), hangSeconds * 1000)));
  const ended = work.then(
    // What a command tells on its way out.
    (result): Ended => ({ kind: "ended", status: typeof result === "number" ? result : 0 }),
    (error: unknown): Ended => ({ kind: "failed", error }),
  );
  try {
    return await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The code of an error, or of the one below it. */
function codeOf(error: unknown): ErrorCode | "usage" | undefined {
  if (error instanceof TableauError) return error.code;
  if (error instanceof UsageError) return "usage";
  return error instanceof Error && error.cause !== undefined ? codeOf(error.cause) : undefined;
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.stack?.slice(0, 400) ?? error.message}` : String(error);
}
