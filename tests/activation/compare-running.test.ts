import fc from "fast-check";
import { compareRunning, strangeWords } from "../../provider/activation/compare-running";
import type { ProcessStatus, TsmView } from "../../provider/tsm/tsm";

type Running = Pick<TsmView, "status" | "statusWords" | "processes">;

const one = (name: string, state: ProcessStatus["state"], words?: string): ProcessStatus => ({
  node: "node1",
  name,
  state,
  ...(words === undefined ? {} : { words }),
});
const view = (status: TsmView["status"], ...processes: ProcessStatus[]): Running => ({ status, processes });
const before = view("RUNNING", one("a", "running"), one("b", "running"));

test.each<[string, Running, Running, Partial<ReturnType<typeof compareRunning>>]>([
  ["the same", before, before, {}],
  ["degraded as before", view("DEGRADED", one("a", "stopped")), view("DEGRADED", one("a", "error")), {}],
  ["better", view("ERROR", one("a", "error")), view("RUNNING", one("a", "running")), {}],
  ["stopped", before, view("STOPPED", ...before.processes), { worse: ["the server is STOPPED"] }],
  [
    "degraded",
    before,
    view("DEGRADED", one("a", "degraded"), one("b", "running")),
    { worse: ["the server is DEGRADED", "a on node1 is in a degraded state"] },
  ],
  [
    "degraded as before, and one more process is degraded",
    { ...before, status: "DEGRADED" },
    view("DEGRADED", one("a", "degraded"), one("b", "running")),
    { worse: ["a on node1 is in a degraded state"] },
  ],
  [
    "a process that is stopped while the server runs",
    before,
    view("RUNNING", one("a", "stopped"), one("b", "running")),
    { worse: ["a on node1 is stopped"] },
  ],
  [
    "a word for a process that nobody knows",
    before,
    view("RUNNING", one("a", "unknown", "is unlicensed"), one("b", "running")),
    { strange: ["a on node1 is unlicensed"] },
  ],
  [
    "a process that is degraded while the server runs",
    before,
    view("RUNNING", one("a", "degraded"), one("b", "running")),
    { strange: ["a on node1 is in a degraded state"] },
  ],
  ["a process that is gone", before, view("RUNNING", one("b", "running")), { strange: ["a on node1 is no longer listed"] }],
  [
    "a process that is new",
    before,
    view("RUNNING", ...before.processes, one("c", "running"), one("d", "unknown", "sleeps")),
    { strange: ["d on node1 sleeps"] },
  ],
  [
    "a word for the server that nobody knows",
    before,
    { ...view("unknown", ...before.processes), statusWords: "UPGRADING" },
    { strange: ['the server\'s status is "UPGRADING"'] },
  ],
  [
    "the word that nobody knew before either",
    { ...view("unknown", ...before.processes), statusWords: "UPGRADING" },
    { ...view("unknown", ...before.processes), statusWords: "UPGRADING" },
    {},
  ],
  [
    "words for the server and for a process that nobody knows",
    before,
    { ...view("unknown", one("a", "unknown", "is away"), one("b", "stopped")), statusWords: "?" },
    { worse: ["b on node1 is stopped"], unclear: ["a on node1 is away"], strange: ['the server\'s status is "?"'] },
  ],
])("%s", (_name, earlier, now, expected) => {
  expect(compareRunning(earlier, now)).toEqual({ worse: [], unclear: [], strange: [], ...expected });
});

test("before a change strange words are told, and only those", () => {
  expect(strangeWords({ ...view("unknown", one("a", "unknown", "is unlicensed"), one("b", "stopped")), statusWords: "ODD" })).toEqual([
    'the server\'s status is "ODD"',
    "a on node1 is unlicensed",
  ]);
  expect(strangeWords(before)).toEqual([]);
});

const states: readonly ProcessStatus["state"][] = ["running", "stopped", "unavailable", "degraded", "error", "synchronizing", "unknown"];
const processes = fc
  .uniqueArray(fc.record({ name: fc.constantFrom("a", "b", "c", "d"), state: fc.constantFrom(...states) }), {
    selector: ({ name }) => name,
  })
  .map((some) => some.map(({ name, state }) => one(name, state)));
const status = fc.constantFrom<TsmView["status"]>("RUNNING", "DEGRADED", "ERROR", "STOPPED", "unknown");
const running = fc.record({ status, processes });

test("while the server is RUNNING only what tsm says plainly is worse: no word, new or gone, is", () => {
  fc.assert(
    fc.property(running, processes, (earlier, now) => {
      const { worse, unclear } = compareRunning(earlier, { status: "RUNNING", processes: now });
      const plain = now.filter(({ state }) => state === "stopped" || state === "error" || state === "synchronizing");
      expect(worse.every((words) => plain.some(({ name }) => words.startsWith(`${name} on node1 `)))).toBe(true);
      expect(unclear).toEqual([]);
    }),
  );
});

test("what has not changed is neither worse nor unclear, unless the server is down", () => {
  fc.assert(
    fc.property(running, (same) => {
      const { worse, unclear, strange } = compareRunning(same, same);
      expect(worse).toEqual(same.status === "ERROR" || same.status === "STOPPED" ? [`the server is ${same.status}`] : []);
      expect([...unclear, ...strange]).toEqual([]);
    }),
  );
});
