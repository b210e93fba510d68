import { connectPluginsPathKey as path, disableVerifyKey as verify } from "../../../provider/vocabulary/keys";
import { recall, remember, rememberedDirectories, type Remembered } from "../../../provider/plan/record/remembered";
import type { ServerRecord } from "../../../provider/plan/record/record";
import { claimant, connector, owner, recordOf, seenServer } from "../support/servers";

const a = connector("a_jdbc");
const record = recordOf([a], { run: "run-1", keys: { [path]: { earlier: null, applied: "/srv/c" } } });
const others: ServerRecord = { ...record, owner: { stack: "shop/other", urn: "urn:other", token: "token-9" } };
const kept = (parts: Partial<Remembered> = {}): Remembered => {
  const { files, confirmed, keys, answersForcedKeys, triggers } = record;
  return { files, confirmed, keys, answersForcedKeys, triggers, run: "run-1", onServer: "yes", ...parts };
};
const due = { restartRequired: { since: 1, reason: "x" } };

test("a state keeps what it cannot find out again, of its own record alone", () => {
  expect(remember({ record }, claimant)).toEqual(kept());
  expect(remember({ record, recordIs: "behind" }, claimant)?.onServer).toBe("no");
  expect(remember({ record: recordOf([a]) }, claimant)?.run).toBeNull();
  const earlierTokens = ["token-0"];
  expect(remember({ record: { ...record, owner: { ...owner, earlierTokens } } }, claimant)).toEqual(kept({ earlierTokens }));
  expect(Object.keys(remember({ record }, claimant) ?? {})).not.toContain("earlierTokens");
  expect(remember({ record: others }, claimant)).toBeNull();
  expect(remember({ record: null }, claimant)).toBeNull();
});

describe("what was seen", () => {
  test("stays as it is where nothing is remembered, or where it is somebody else's", () => {
    const [ours, theirs] = [seenServer({ record }), seenServer({ record: others, ...due })];
    expect(recall(ours, null, claimant)).toBe(ours);
    expect(recall(theirs, kept({ onServer: "no" }), claimant)).toBe(theirs);
  });

  test("gets a record that was lost", () => {
    const { files, confirmed, keys, answersForcedKeys, triggers } = record;
    expect(recall(seenServer({ record: null, ...due }), kept({ earlierTokens: ["token-0"] }), claimant)).toEqual({
      ...seenServer({ record: null, ...due }),
      recordIs: "lost",
      record: {
        schemaVersion: 1,
        owner: { stack: owner.stack, urn: owner.urn, token: owner.token, earlierTokens: ["token-0"] },
        lastActivation: null,
        run: "run-1",
        ...{ files, confirmed, keys, answersForcedKeys, triggers },
      },
    });
    const plain = recall(seenServer({ record: null }), kept({ run: null }), claimant).record;
    expect(Object.keys(plain ?? {})).not.toContain("run");
    expect(Object.keys(plain?.owner ?? {})).not.toContain("earlierTokens");
  });

  const earlier = { ...record, files: {}, triggers: "0", keys: { [verify]: { earlier: null, applied: "true" } } } as ServerRecord;
  const { run: _run, ...nameless } = earlier;
  test("gets what its last run could not write down, which makes up for the note", () => {
    const seen = recall(seenServer({ record: earlier, ...due }), kept({ onServer: "no" }), claimant);
    expect(seen).toMatchObject({ recordIs: "behind", restartRequired: null });
    expect(seen.record).toEqual({ ...record, owner: earlier.owner });
  });

  test.each<[string, Remembered, ServerRecord]>([
    ["it was written down", kept(), earlier],
    ["another run has written since", kept({ onServer: "no", run: "run-0" }), earlier],
    ["runs had no names", kept({ onServer: "no", run: null }), nameless],
  ])("gets the keys alone where %s", (_name, remembered, known) => {
    const seen = seenServer({ record: known, ...due });
    expect(recall(seen, remembered, claimant)).toEqual({ ...seen, record: { ...known, keys: { ...record.keys, ...known.keys } } });
  });

  test("keeps what the record says of a key", () => {
    const known = { ...record, keys: { [path]: { earlier: "/x", applied: "/y" } } };
    expect(recall(seenServer({ record: known }), kept(), claimant).record?.keys).toEqual(known.keys);
  });
});

test("files may lie in every folder that is remembered, each told once", () => {
  const file = { sha256: "a", pluginClass: "", pluginVersion: "", adopted: false };
  const files = { "a.taco": { ...file, directory: "/a", directories: ["/b", "/c"] }, "b.taco": { ...file, directory: "/b" } };
  expect(rememberedDirectories(kept({ files }))).toEqual(["/a", "/b", "/c"]);
  expect(rememberedDirectories(null)).toEqual([]);
});
