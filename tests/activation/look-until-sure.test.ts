import fc from "fast-check";
import { lookUntilSure, type Look } from "../../provider/activation/look-until-sure";

let seconds = 0;
jest.mock("../../provider/tsm/clock", () => ({
  systemClock: {
    now: () => seconds,
    sleep: (some: number) => {
      seconds += some;
      return Promise.resolve();
    },
  },
}));

type One = Look<string, string> | "throws";
const right: One = { kind: "right", value: "", notes: [] };
const odd: One = { kind: "right", value: "", notes: ["is unlicensed"] };
const notYet: One = { kind: "not yet", why: "down" };
const wrong: One = { kind: "wrong", why: "differs" };

/** Shows one after the other, and the last for ever. */
async function run(looks: readonly One[], time: number): Promise<{ kind: string; looks: number; seconds: number }> {
  seconds = 0;
  let count = 0;
  const look = (): Promise<Look<string, string>> => {
    const one = looks[Math.min(count, looks.length - 1)] ?? right;
    count += 1;
    return one === "throws" ? Promise.reject(new Error("not seen")) : Promise.resolve(one);
  };
  const { kind } = await lookUntilSure(look, time);
  return { kind, looks: count, seconds };
}

test.each<[string, One[], number, string, number]>([
  ["what is right is right at once", [right], 60, "right", 1],
  ["what fails is looked at again", ["throws", "throws", "throws", "throws", right], 60, "right", 5],
  ["one odd look decides nothing", [wrong, wrong, right], 60, "right", 3],
  ["what is wrong three times in a row is", [wrong, right, wrong], 60, "right", 2],
  ["what is wrong three times in a row is", ["throws", wrong, "throws", wrong, wrong, wrong], 60, "wrong", 6],
  ["what is not yet is waited for", [notYet, notYet, notYet, notYet, right], 60, "right", 5],
  ["what is strange is accepted once it stays so", [odd], 3600, "right", 4],
  ["what is strange may pass", [odd, odd, right], 3600, "right", 3],
  ["without any time three looks are taken", [notYet], 0, "not yet", 3],
  ["without any time three looks are taken", ["throws"], 0, "unseen", 3],
  ["without any time what is seen at last is not given up for one look", ["throws", "throws", right], 0, "right", 3],
])("%s", async (_name, looks, time, kind, count) => {
  expect(await run(looks, time)).toMatchObject({ kind, looks: count });
});

test.each<[string, One]>([
  ["unseen", "throws"],
  ["not yet", notYet],
])("what stays %s is given up when the time is over, and not before", async (kind, one) => {
  const ended = await run([one], 3600);
  expect(ended.kind).toBe(kind);
  expect(ended.seconds).toBeGreaterThanOrEqual(3600);
  expect(ended.seconds).toBeLessThan(3600 + 5 * 15);
});

test("a machine that sleeps through the whole time looks again when it wakes up", async () => {
  let count = 0;
  const look = (): Promise<Look<string, string>> => {
    count += 1;
    seconds = 10_000;
    return count < 3 ? Promise.reject(new Error("the connection was lost")) : Promise.resolve(right as Look<string, string>);
  };
  expect(await lookUntilSure(look, 60)).toMatchObject({ kind: "right" });
});

test("any looks end, and what was not seen three times in a row decides nothing", async () => {
  const looks = fc.array(fc.constantFrom(right, odd, notYet, wrong, "throws" as const), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(looks, fc.constantFrom(0, 1, 60), async (some, time) => {
      const ended = await run(some, time);
      const seen = Array.from({ length: ended.looks }, (_, i) => some[Math.min(i, some.length - 1)]);
      const last = seen.slice(-3);
      if (ended.kind === "wrong") expect(last).toEqual([wrong, wrong, wrong]);
      if (ended.kind === "not yet") expect(last).toEqual([notYet, notYet, notYet]);
      if (ended.kind === "right") expect([right, odd]).toContain(seen.at(-1));
      expect(seen.slice(0, -1)).not.toContain(right);
    }),
  );
});
