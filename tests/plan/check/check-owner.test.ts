import { checkOwner, warnOfNames } from "../../../provider/plan/check/check-owner";
import type { DesiredServer, PlanOptions } from "../../../provider/plan/desired";
import type { RecordedOwner } from "../../../provider/plan/record/record";
import { codesOf } from "../support/findings";
import { claimant, desiredServer, owner, recordOf, seenServer } from "../support/servers";

const rival = "urn:pulumi:dev::shop::t::rival";
const desired = (options: Partial<PlanOptions> = {}): DesiredServer => desiredServer({ owner: { ...claimant, rivals: [rival] }, options });
const renamed = { stack: "shop/prod", urn: "urn:pulumi:prod::shop::t::prod" };
const owners = {
  ours: owner,
  "names follow": { ...owner, ...renamed },
  copy: { ...owner, ...renamed, token: "token-9", earlierTokens: [owner.token] },
  "another stack": { ...renamed, token: "token-9" },
  "same name": { ...owner, token: "token-9" },
  "another resource": { ...owner, urn: rival, token: "token-9" },
  "left behind": { ...owner, urn: "urn:pulumi:dev::shop::t::left", token: "token-9" },
} satisfies Record<string, RecordedOwner>;

type Kind = keyof typeof owners;
const seenOf = (kind: Kind): ReturnType<typeof seenServer> => seenServer({ record: recordOf([], { owner: owners[kind] }) });

test.each<[Kind, PlanOptions["claim"], string[], string[]]>([
  ["ours", "update", [], []],
  ["names follow", "update", [], ["owner-renamed"]],
  ["names follow", "create", [], ["owner-renamed"]],
  ["copy", "update", ["copied-state"], []],
  ["another stack", "update", ["owned-by-another-stack"], []],
  ["another stack", "create", ["owned-by-another-stack"], []],
  ["same name", "update", ["owned-by-another-resource"], []],
  ["same name", "create", [], []],
  ["another resource", "update", ["owned-by-another-resource"], []],
  ["another resource", "create", ["owned-by-another-resource"], []],
  ["left behind", "update", [], ["owner-left"]],
  ["left behind", "create", [], []],
])("%s, %s", (kind, claim, refusals, warnings) => {
  expect(codesOf(checkOwner(desired({ claim }), seenOf(kind)))).toEqual(refusals);
  expect(codesOf(warnOfNames(desired({ claim }), seenOf(kind)))).toEqual(warnings);
  expect(checkOwner(desired({ claim, takeOver: true }), seenOf(kind))).toEqual([]);
});

test("a server without a record is nobody's", () => {
  expect(checkOwner(desired(), seenServer({ record: null }))).toEqual([]);
  expect(warnOfNames(desired(), seenServer({ record: null }))).toEqual([]);
});

test("a create is told what becomes of a stack that was renamed", () => {
  const [created, updated] = (["create", "update"] as const).map(
    (claim) => checkOwner(desired({ claim }), seenOf("another stack"))[0]?.next,
  );
  expect(created).toContain(updated);
  expect(created).toContain("alias");
  expect(updated).not.toContain("alias");
});

test("an owner is called by its stack and the last part of its URN", () => {
  expect(warnOfNames(desired(), seenOf("left behind"))[0]?.message).toContain("shop/dev (left)");
  expect(checkOwner(desired(), seenOf("copy"))[0]?.message).toContain("shop/prod (prod)");
});
