import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parseRecord } from "../../../provider/actions/record/parse-record";
import { TableauError } from "../../../provider/vocabulary/error";
import { connectPluginsPathKey, keyNames } from "../../../provider/vocabulary/keys";
import { planActivation } from "../../../provider/plan/plan-activation";
import { recordAfter, recordBefore, recordRolledBack } from "../../../provider/plan/record/record-after";
import { recall, remember, rememberedDirectories } from "../../../provider/plan/record/remembered";
import type { ServerRecord } from "../../../provider/plan/record/record";
import { printable } from "../../../provider/vocabulary/printable";
import { acceptableCases, cases } from "../../plan/support/arbitrary";
import { carryOut } from "../../plan/support/carry-out";
import { claimant, connector, desiredServer, digest, node, packageOf, seenServer } from "../../plan/support/servers";
import { fullRecord } from "./full-record";
import { hugeMutations, mutations, renamings } from "./mutations";

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Way = readonly (string | number)[];

const parse = (text: string): ServerRecord => parseRecord("node1", "/s/record.json", text);
const whole = JSON.parse(JSON.stringify(fullRecord)) as Json;

/** Every value in the record, by the way to it. */
function waysIn(value: Json, way: Way = []): Way[] {
  if (typeof value !== "object" || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([name, one]) => waysIn(one, [...way, Array.isArray(value) ? Number(name) : name]))];
}

/** The text of the record with another text for one value, or for one member of an object. */
function written(
  value: Json,
  [next, ...rest]: Way,
  change: { readonly value: (json: string) => string } | { readonly member: (json: string) => string },
): string {
  if (next === undefined) return "value" in change ? change.value(JSON.stringify(value)) : JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map((one: Json, i) => (i === next ? written(one, rest, change) : JSON.stringify(one))).join(",")}]`;
  }
  const members = Object.entries(value as Readonly<Record<string, Json>>).map(([name, one]) => {
    if (name !== next) return `${JSON.stringify(name)}:${JSON.stringify(one)}`;
    if (rest.length === 0 && "member" in change) return change.member(JSON.stringify(one));
    return `${JSON.stringify(name)}:${written(one, rest, change)}`;
  });
  return `{${members.join(",")}}`;
}

/** "harmless", or the code of the refusal. */
function outcomeOf(text: string): string {
  let record: ServerRecord;
  try {
    record = parse(text);
  } catch (error) {
    if (!(error instanceof TableauError)) return `another error: ${String(error)}`;
    const { code, message } = error;
    // It names the part, and shows no more of what stands there than a person can read in one line.
    if (message.length > 1000 || message.includes("\n") || printable(message) !== message) return `told badly: ${message.slice(0, 200)}`;
    return code;
  }
  return whyHarmful(record) ?? "harmless";
}

const isText = (value: unknown, most: number): boolean => typeof value === "string" && value.length <= most && !/[\0-\x1f\x7f]/.test(value);
const isDigest = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const isFolder = (value: unknown): boolean =>
  isText(value, 4096) && /^(?:\/|[A-Z]:)./i.test(String(value)) && !/(?:^|[/\\])\.\.(?:[/\\]|$)/.test(String(value));
const isName = (value: string): boolean => isText(value, 255) && value !== "" && !/^\.|\/|\.zip$/.test(value);
const isValue = (value: unknown): boolean =>
  value === null || (typeof value === "string" && value.length <= 8192 && !/[\r\n\0]/.test(value));
const isCount = (value: unknown): boolean => typeof value === "number" && Math.abs(value) <= 1e12;

/**
 * What a record may be that is not refused: each part that anything acts upon is in its form, written down here once more; every
 * object is a plain one without an own `__proto__`; it can be written again; and whatever the server is that it is of, a plan for
 * it touches nothing of another node but listed files, connectors in a folder of connectors, and what lies in that node's store.
 */
function whyHarmful(record: ServerRecord): string | null {
  const { owner, files, confirmed, keys, lastActivation, rolledBack, begun, run, triggers, answersForcedKeys } = record;
  const parts: Readonly<Record<string, boolean>> = {
    schemaVersion: (record.schemaVersion as unknown) === 1,
    owner:
      isText(owner.stack, 4096) &&
      isText(owner.urn, 16_384) &&
      [owner.token, ...(owner.earlierTokens ?? [])].every((one) => isText(one, 256) && one !== ""),
    files: Object.entries(files).every(
      ([name, one]) =>
        isName(name) &&
        isDigest(one.sha256) &&
        [one.directory, ...(one.directories ?? [])].every(isFolder) &&
        isText(one.pluginClass, 4096) &&
        isText(one.pluginVersion, 4096) &&
        typeof one.adopted === "boolean",
    ),
    confirmed: Object.entries(confirmed).every(
      ([name, ofNode]) =>
        isText(name, 1024) &&
        Object.entries(ofNode).every(
          ([place, one]) =>
            isName(place.slice(place.lastIndexOf("/") + 1)) &&
            (!place.includes("/") || isFolder(place.slice(0, place.lastIndexOf("/")))) &&
            isDigest(one.sha256) &&
            isCount(one.changedAt) &&
            isText(one.process ?? "", 256),
        ),
    ),
    keys: keyNames.every((name) =>
      [keys[name]?.earlier ?? null, keys[name]?.applied ?? null, ...(keys[name]?.between ?? [])].every(isValue),
    ),
    answersForcedKeys: answersForcedKeys === null || typeof answersForcedKeys === "boolean",
    triggers: triggers === null || isDigest(triggers),
    lastActivation:
      lastActivation === null ||
      (!Number.isNaN(Date.parse(lastActivation.at)) &&
        lastActivation.at.length < 40 &&
        lastActivation.why.every((one) => isText(one, 65_536)) &&
        ["applyPending", "restart"].includes(lastActivation.job)),
    rolledBack:
      rolledBack === undefined ||
      rolledBack === null ||
      (isText(rolledBack.at, 40) && isText(rolledBack.why, 65_536) && typeof rolledBack.fingerprint === "string"),
    begun: begun === undefined || begun.triggers === null || isDigest(begun.triggers),
    run: run === undefined || isText(run, 256),
    plain: isPlain(record),
  };
  const wrong = Object.keys(parts).find((name) => parts[name] !== true);
  return wrong ?? whatItDoes(record);
}

function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  const ofKind: unknown = Array.isArray(value) ? Array.prototype : Object.prototype;
  return Object.getPrototypeOf(value) === ofKind && !Object.hasOwn(value, "__proto__") && Object.values(value).every(isPlain);
}

const strange = [
  ...["/etc", "/", "/srv/connectors", "/srv/earlier", "/opt/tableau/tableau_driver/jdbc"].flatMap((directory) =>
    ["passwd", "x.taco", "driver.jar", "unpacked", "constructor", "toString"].map((fileName) =>
      packageOf({ ...connector("x"), fileName }, { directory, sha256: digest(`${directory}/${fileName}`) }),
    ),
  ),
];

function whatItDoes(record: ServerRecord): string | null {
  const seen = seenServer({ record, nodes: [node("node1"), node("node2", { packages: [packageOf(connector("a_jdbc")), ...strange] })] });
  const us = { ...claimant, token: record.owner.token };
  const desired = desiredServer({ owner: us });
  JSON.stringify(record);
  const { steps } = planActivation(desired, recall(seen, remember(seen, us), us));
  const touched = steps.find(
    (step) =>
      "directory" in step &&
      strange.some(({ directory, fileName }) => step.directory === directory && "fileName" in step && step.fileName === fileName),
  );
  if (touched !== undefined) return `it does ${JSON.stringify(touched)}`;
  if (!rememberedDirectories(remember(seen, us)).every(isFolder)) return "the state remembers what is no folder";
  JSON.stringify([recordBefore(desired, seen, steps, "run"), recordAfter(desired, seen, steps, null)]);
  return null;
}

test("the whole record is read as it stands", () => {
  expect(parse(JSON.stringify(fullRecord))).toEqual(fullRecord);
  expect(outcomeOf(JSON.stringify(fullRecord))).toBe("harmless");
});

const ways = waysIn(whole).map((way) => [way.length === 0 ? "the whole" : way.join(" > "), way] as const);

describe("a value in place of another", () => {
  // Everything huge in place of the whole; below it the parts take turns.
  const valuesAt = (at: number): typeof mutations => [
    ...mutations,
    ...hugeMutations.filter((_, index) => at === 0 || at % hugeMutations.length === index),
  ];
  test.each(ways)(
    "%s",
    (_name, way) => {
      const outcomes = valuesAt(ways.findIndex(([, one]) => one === way)).map(
        ({ name, json }) => [name, outcomeOf(written(whole, way, { value: json }))] as const,
      );
      expect(outcomes.filter(([, outcome]) => outcome !== "harmless" && outcome !== "record-unreadable")).toEqual([]);
      // No value can be anything.
      expect(outcomes.filter(([, outcome]) => outcome === "record-unreadable").length).toBeGreaterThan(4);
    },
    60_000,
  );
});

describe("a name in place of another", () => {
  test.each(ways.filter(([, way]) => typeof way.at(-1) === "string"))("%s", (_name, way) => {
    const outcomes = renamings.map(({ name, json }) => [name, outcomeOf(written(whole, way, { member: json }))] as const);
    expect(outcomes.filter(([, outcome]) => outcome !== "harmless" && outcome !== "record-unreadable")).toEqual([]);
  });
  test.each(ways.filter(([, way]) => typeof way.at(-1) === "string"))("%s twice: the last counts, in its form", (_name, way) => {
    const name = JSON.stringify(way.at(-1));
    expect(outcomeOf(written(whole, way, { member: (json) => `${name}:"../x",${name}:${json}` }))).toBe("harmless");
    expect(["harmless", "record-unreadable"]).toContain(
      outcomeOf(written(whole, way, { member: (json) => `${name}:${json},${name}:"../x"` })),
    );
  });
});

test.each<[string, Json, string]>([
  ["files > a_jdbc.taco > sha256", "A", 'files["a_jdbc.taco"].sha256 is "A", expected 64 hexadecimal digits.'],
  [
    "files > a_jdbc.taco > directory",
    "/opt/../etc",
    'files["a_jdbc.taco"].directory is "/opt/../etc", expected an absolute path of a folder, without "..".',
  ],
  ["files > a_jdbc.taco > directories > 0", "/", 'files["a_jdbc.taco"].directories[0] is "/", expected an absolute path'],
  ["confirmed > node1 > a_jdbc.taco > changedAt", "soon", 'confirmed["node1"]["a_jdbc.taco"].changedAt is "soon", expected a number from '],
  ["owner > token", "a b", "owner.token is 3 characters long, expected a token of 1 to 256 letters, digits and signs."],
  ["lastActivation > job", "reboot", 'lastActivation.job is "reboot", expected "applyPending" or "restart".'],
  ["schemaVersion", 2, "schemaVersion is 2, expected 1."],
  [
    "keys > native_api.connect_plugins_path > applied",
    "a\nb",
    'keys.native_api.connect_plugins_path.applied is "a\\\\x0ab", expected a value of one line',
  ],
])("the error says what is wrong with %s", (name, value, words) => {
  const way = ways.find(([one]) => one === name)?.[1] ?? [];
  expect(() => parse(written(whole, way, { value: () => JSON.stringify(value) }))).toThrow(words);
});

test.each<[string, string, string]>([
  ["no JSON", "{", "it is another text, expected JSON"],
  ["a list", "[]", "it is a list of 0, expected an object"],
  ["a missing part", '{"schemaVersion":1}', "owner is missing, expected a value"],
  ["too many levels", `{"x":${"[".repeat(40)}${"]".repeat(40)}}`, "it is nested deeper, expected JSON of at most 32 levels"],
  ["too long", " ".repeat(5 * 1024 * 1024), "expected at most 4194304 characters"],
])("the error says what is wrong with %s", (_name, text, words) => {
  expect(() => parse(text)).toThrow(words);
});

test("a record names no more folders than can be looked at", () => {
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [`${String(i)}.taco`, { ...fullRecord.files["unpacked"], directory: `/srv/${String(i)}` }]),
  );
  expect(() => parse(JSON.stringify({ ...fullRecord, files }))).toThrow("the number of folders in files is 300, expected at most 256");
});

test("what a later version has added is kept, beside what is known", () => {
  const added = { later: { "an object": [1, { two: null }] } };
  const file = fullRecord.files["unpacked"];
  const record = {
    ...fullRecord,
    ...added,
    owner: { ...fullRecord.owner, ...added },
    files: { unpacked: { ...file, ...added } },
    keys: { ...fullRecord.keys, "native_api.another": added, [connectPluginsPathKey]: { earlier: null, applied: null, ...added } },
    lastActivation: { ...fullRecord.lastActivation, ...added },
  };
  expect(parse(JSON.stringify(record))).toEqual(record);
  const desired = desiredServer();
  expect(recordAfter(desired, seenServer({ record: parse(JSON.stringify(record)) }), [], null)).toMatchObject({
    ...added,
    keys: { "native_api.another": added },
  });
});

describe("what this package writes is read as it was written", () => {
  test("by 0.1.0", () => {
    const text = readFileSync(join(__dirname, "../../engine/golden/releases/0.1.0/record.json"), "utf8");
    expect(parse(text)).toEqual(JSON.parse(text));
  });
  const again = (record: ServerRecord): void => expect(parse(`${JSON.stringify(record, null, 2)}\n`)).toEqual(record);
  test("before, after and while a plan is carried out", () => {
    let carried = 0;
    fc.assert(
      fc.property(acceptableCases, ({ desired, seen, answers }) => {
        const plan = planActivation(desired, seen);
        if (seen.record !== null) again(seen.record);
        if (plan.refusals.length > 0) return;
        carried += 1;
        again(recordBefore(desired, seen, plan.steps, "run-1"));
        const after = carryOut(desired, seen, plan, answers);
        if (after.record !== null) again(after.record);
        again(recordRolledBack(desired, seen, after, { fingerprint: "a\nb", at: new Date(0).toISOString(), why: "It failed." }));
      }),
      { numRuns: 200, seed: 20261129 },
    );
    expect(carried).toBeGreaterThan(50);
  });
  test("of any server", () => {
    fc.assert(
      fc.property(cases, ({ seen: { record } }) => {
        if (record !== null) again(record);
      }),
      { numRuns: 200, seed: 20261129 },
    );
  });
});
