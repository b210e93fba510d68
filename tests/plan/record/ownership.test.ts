import fc from "fast-check";
import type { Claimant, PlanOptions } from "../../../provider/plan/desired";
import { isOwner, ownerAfter, ownership, tokenForState } from "../../../provider/plan/record/ownership";
import type { RecordedOwner } from "../../../provider/plan/record/record";
import { options, recordOf } from "../support/servers";

const urn = (stack: string, name: string): string => `urn:pulumi:${stack}::shop::t::${name}`;
const us = (parts: Partial<Claimant> = {}): Claimant => ({
  stack: "shop/dev",
  urn: urn("dev", "a"),
  token: "t1",
  renewed: "t2",
  earlierTokens: [],
  rivals: [urn("dev", "c")],
  ...parts,
});
const them = (parts: Partial<RecordedOwner> = {}): { owner: RecordedOwner } => ({
  owner: { stack: "shop/dev", urn: urn("dev", "a"), token: "t1", ...parts },
});
const renamed = { stack: "shop/prod", urn: urn("prod", "a") };

test.each([
  ["no record", us(), null, "free"],
  ["its token, its name", us(), them(), "ours"],
  ["its token, under an earlier name", us(renamed), them(), "names follow"],
  ["its new token, which the state does not know yet", us(), them({ token: "t2" }), "ours"],
  ["an earlier token under this name: a run that was cut short", us(), them({ token: "t9", earlierTokens: ["t1"] }), "ours"],
  ["an earlier token under another name", us(), them({ ...renamed, token: "t9", earlierTokens: ["t0", "t1"] }), "copy"],
  ["a record from an older day", us({ token: "t9", earlierTokens: ["t0", "t1"] }), them(), "ours"],
  ["a record from before a rename", us({ token: "t9", earlierTokens: ["t1"], ...renamed }), them(), "names follow"],
  ["another stack", us(), them({ ...renamed, token: "t9", earlierTokens: ["t0"] }), "another stack"],
  ["another resource of this program", us(), them({ urn: urn("dev", "c"), token: "t9" }), "another resource"],
  ["a resource of this stack that the program has no more", us(), them({ urn: urn("dev", "b"), token: "t9" }), "left behind"],
  ["this name, of another backend", us(), them({ token: "t9" }), "same name"],
  [
    "a record whose list is none",
    us(),
    { owner: { ...them().owner, token: "t9", earlierTokens: "t1" as unknown as string[] } },
    "same name",
  ],
] as const)("%s", (_what, claimant, record, kind) => {
  expect(ownership(claimant, record).kind).toBe(kind);
});

/** One copy of a state, as the engine keeps it: what it is called now, and the token in it. */
interface Copy {
  name: string;
  token: string;
  earlierTokens: readonly string[];
}

/** Something that a person does: a copy works on the server and is saved, or is not; it is renamed; it is copied. */
interface Act {
  readonly kind: "up" | "up, and the state is lost" | "rename" | "copy";
  readonly which: number;
  readonly name: string;
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom("up", "up", "up, and the state is lost", "rename", "copy"),
  which: fc.nat({ max: 20 }),
  name: fc.constantFrom("a", "b", "c", "d"),
});

test("however states are copied, renamed and lost, those who go on are of one name, and that one always can", () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 25 }), (acts) => {
      const copies: Copy[] = [{ name: "a", token: "first", earlierTokens: [] }];
      let record: { owner: RecordedOwner } = { owner: { stack: "a", urn: "a", token: "first" } };
      let renewals = 0;
      for (const { kind, which, name } of acts) {
        const copy = copies[which % copies.length];
        if (copy === undefined) continue;
        if (kind === "rename") copy.name = name;
        if (kind === "copy") copies.push({ ...copy, name });
        if (kind !== "up" && kind !== "up, and the state is lost") continue;
        const claimant: Claimant = {
          stack: copy.name,
          urn: copy.name,
          token: copy.token,
          renewed: `renewed ${String(++renewals)}`,
          earlierTokens: copy.earlierTokens,
          rivals: [],
        };
        const standing = ownership(claimant, record);
        // Every copy comes from one state: nobody is taken for a stranger.
        expect(["ours", "names follow", "copy"]).toContain(standing.kind);
        if (!isOwner(claimant, record)) {
          refused += 1;
          continue;
        }
        record = { owner: ownerAfter(claimant, record) };
        if (kind === "up") [copy.token, copy.earlierTokens] = [record.owner.token, record.owner.earlierTokens ?? []];
        // Whoever has just worked can go on, whether the engine has saved the new token or not, and a copy of another name cannot.
        const next = { ...claimant, token: copy.token, earlierTokens: copy.earlierTokens, renewed: "next" };
        expect(ownership(next, record).kind).toBe("ours");
        const others = copies.filter((one) => one !== copy && one.name !== copy.name && one.token !== record.owner.token);
        for (const other of others) {
          const { name: urnOfOther, token, earlierTokens } = other;
          const theirs = { stack: urnOfOther, urn: urnOfOther, token, earlierTokens, renewed: "theirs", rivals: [] };
          expect(ownership(theirs, record).kind).toBe("copy");
        }
      }
    }),
    { numRuns: 500, seed: 20261201 },
  );
  expect(refused).toBeGreaterThan(100);
});

test("a record that is set back to any older day is its owner's, under its name and under every name that it had then", () => {
  const records = [them()];
  let state: Pick<Claimant, "token" | "earlierTokens"> = { token: "t1", earlierTokens: [] };
  for (let i = 0; i < 20; i += 1) {
    const record = { owner: ownerAfter(us({ ...state, renewed: `r${String(i)}` }), records.at(-1) ?? null) };
    records.push(record);
    state = { token: record.owner.token, earlierTokens: record.owner.earlierTokens ?? [] };
  }
  for (const record of records) {
    expect(ownership(us({ ...state, renewed: "next" }), record).kind).toBe("ours");
    expect(ownership(us({ ...state, renewed: "next", ...renamed }), record).kind).toBe("names follow");
    // And the older record knows the state again, once it is written.
    const after = { owner: ownerAfter(us({ ...state, renewed: "next" }), record) };
    expect(ownership(us({ ...state, renewed: "later" }), after).kind).toBe("ours");
  }
});

test("the record keeps a bounded number of earlier tokens, the newest ones", () => {
  let record = them();
  for (let i = 0; i < 100; i += 1) record = { owner: ownerAfter(us({ token: record.owner.token, renewed: `r${String(i)}` }), record) };
  expect(record.owner.earlierTokens).toHaveLength(32);
  expect(record.owner.earlierTokens?.at(-1)).toBe("r98");
});

test("who takes a server over hands no earlier token of the other owner on, and keeps its own good", () => {
  const taken = { owner: ownerAfter(us(), them({ ...renamed, token: "t9", earlierTokens: ["t8"] })) };
  expect(taken.owner).toEqual({ stack: "shop/dev", urn: urn("dev", "a"), token: "t2", earlierTokens: ["t1"] });
  expect(ownership(us({ token: "t9", renewed: "t10", ...renamed }), taken).kind).toBe("another stack");
  expect(ownership(us(), taken).kind).toBe("ours");
});

test("the state gets the token of its own record; else it keeps its own, which one that is created does not have", () => {
  const token = (owner: Claimant, claim: PlanOptions["claim"], record: { owner: RecordedOwner } | null): string | undefined =>
    tokenForState({ owner, options: { ...options, claim } }, record === null ? null : recordOf([], record));
  const theirs = them({ ...renamed, token: "t9" });
  expect([token(us(), "update", them({ token: "t2" })), token(us(), "create", them())]).toEqual(["t2", "t1"]);
  expect([token(us(), "update", theirs), token(us(), "update", null), token(us(), "delete", null)]).toEqual(["t1", "t1", "t1"]);
  expect([token(us(), "create", theirs), token(us(), "create", null)]).toEqual([undefined, undefined]);
});

test("an owner never lists its token among its earlier ones, nor one of them twice", () => {
  const after = ownerAfter(us({ renewed: "t1" }), them({ earlierTokens: ["t0"] }));
  expect(after).toEqual({ ...them().owner, earlierTokens: ["t0"] });
  expect(ownerAfter(us({ renewed: "t1" }), null)).toEqual(them().owner);
  expect(Object.keys(ownerAfter(us({ renewed: "t1" }), null))).not.toContain("earlierTokens");
  expect(ownerAfter(us({ earlierTokens: ["t1", "t0"] }), them()).earlierTokens).toEqual(["t1", "t0"]);
});
