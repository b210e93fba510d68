import { isLoaded } from "../../../provider/plan/compare/is-loaded";
import type { ConfirmedFile } from "../../../provider/plan/record/record";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import type { SeenDirectory, SeenNode, SeenPackage } from "../../../provider/plan/seen";
import { changed, connector, node, packageOf, recordOf, seenServer, started } from "../support/servers";

const a = connector("a_jdbc");
const other = connector("a_jdbc", "2.0.0").sha256;
const confirmed: ConfirmedFile = { sha256: a.sha256, changedAt: changed, process: "boot 5000" };
const touched = { changedAt: started + 1 };
const unseen = { loadedSince: null, oldestProcess: null };

test.each<[string, ConfirmedFile | undefined, Partial<SeenPackage>, Partial<SeenNode>, "yes" | "no" | "unknown"]>([
  ["confirmed, as it is", confirmed, {}, {}, "yes"],
  ["confirmed, and no process is seen", confirmed, {}, unseen, "yes"],
  ["confirmed, and the processes are older than it", confirmed, {}, { loadedSince: changed - 1, oldestProcess: "boot 1" }, "yes"],
  ["touched since, by the processes that loaded it", confirmed, touched, {}, "yes"],
  [
    "touched since, and other processes that started after",
    confirmed,
    touched,
    { oldestProcess: "boot 9", loadedSince: started + 2 },
    "yes",
  ],
  ["touched since, and other processes that started before", confirmed, touched, { oldestProcess: "boot 9" }, "no"],
  ["touched since, and no process is seen", confirmed, touched, unseen, "unknown"],
  ["touched since, and none was seen then or now", { ...confirmed, process: null }, touched, unseen, "unknown"],
  ["touched in the very second of the start", { ...confirmed, process: null }, { changedAt: started }, {}, "no"],
  ["other bytes were confirmed", { ...confirmed, sha256: other }, {}, {}, "yes"],
  ["other bytes were confirmed, by these processes", { ...confirmed, sha256: other }, touched, {}, "no"],
  ["other bytes were confirmed, and no process is seen", { ...confirmed, sha256: other }, {}, unseen, "no"],
  ["nothing was confirmed, and it is older than the processes", undefined, {}, {}, "yes"],
  ["nothing was confirmed, and it is newer", undefined, touched, {}, "no"],
  ["nothing was confirmed, and no process is seen", undefined, {}, unseen, "no"],
  ["it cannot be read, and nothing was confirmed", undefined, { sha256: null }, unseen, "no"],
  ["a time of writing says nothing of unconfirmed bytes", undefined, { changedAtMeans: "writing" }, {}, "no"],
  ["nor of other bytes", { ...confirmed, sha256: other }, { changedAtMeans: "writing" }, {}, "no"],
  [
    "but of confirmed ones",
    confirmed,
    { ...touched, changedAtMeans: "writing" },
    { oldestProcess: "boot 9", loadedSince: started + 2.1 },
    "yes",
  ],
  [
    "but not within the second that it names",
    confirmed,
    { ...touched, changedAtMeans: "writing" },
    { oldestProcess: "boot 9", loadedSince: started + 1.9 },
    "no",
  ],
])("a file: %s", (_name, known, found, there, expected) => {
  const record = recordOf([a], { confirmed: { node1: known === undefined ? {} : { [a.fileName]: known } } });
  expect(isLoaded(seenServer({ record }), node("node1", there), packageOf(a, found))).toBe(expected);
});

describe("a time of writing alone, on a server without a record", () => {
  const written = { changedAtMeans: "writing" } as const;
  const folder = (parts: Partial<SeenDirectory>): Partial<SeenNode> => ({
    directories: [{ path: linuxLayout.connectors, exists: true, parentExists: true, traversable: true, ...parts }],
  });
  const at = (entriesChangedAt: number): Partial<SeenNode> => folder({ entriesChangedAt });
  const seen = seenServer({ record: null });

  test.each<[string, Partial<SeenPackage>, Partial<SeenNode>, "yes" | "no"]>([
    ["file and folder are older than the processes", {}, at(changed), "yes"],
    ["the folder changed in the second before the start", {}, at(started - 1), "no"],
    ["the folder may have changed until just before the start", {}, { ...at(started - 1), loadedSince: started + 0.1 }, "yes"],
    ["the folder changed after the start", {}, at(started + 9), "no"],
    ["the file was written in the second before the start", { changedAt: started - 1 }, at(changed), "no"],
    ["the file was written before that second", { changedAt: started - 2 }, at(changed), "yes"],
    ["the file was written after the start", touched, at(changed), "no"],
    ["the folder tells no time", {}, folder({}), "no"],
    ["another folder tells one", {}, folder({ path: "/elsewhere", entriesChangedAt: changed }), "no"],
    ["no process is seen", {}, { ...at(changed), ...unseen }, "no"],
    ["an unpacked connector, whose inner folders tell nothing", { form: "folder" }, at(changed), "no"],
  ])("%s", (_name, found, there, expected) => {
    expect(isLoaded(seen, node("node1", there), packageOf(a, { ...written, ...found }))).toBe(expected);
  });

  test("with a record, even one that names nothing, it says nothing", () => {
    const recorded = seenServer({ record: recordOf([], { confirmed: {} }) });
    expect(isLoaded(recorded, node("node1", at(changed)), packageOf(a, written))).toBe("no");
  });

  test("the folder is the file's own under whatever spelling", () => {
    const there = folder({ path: "c:\\tableau\\connectors", entriesChangedAt: changed });
    expect(isLoaded(seen, node("node1", there), packageOf(a, { ...written, directory: "C:/Tableau/Connectors" }))).toBe("yes");
  });

  test("a time of change needs no folder", () => {
    expect(isLoaded(seen, node("node1", at(started + 9)), packageOf(a))).toBe("yes");
  });
});

test("what was confirmed on another node says nothing", () => {
  const record = recordOf([a], { confirmed: { node2: { [a.fileName]: confirmed } } });
  expect(isLoaded(seenServer({ record }), node("node1", unseen), packageOf(a))).toBe("no");
  expect(isLoaded(seenServer({ record: null }), node("node1", unseen), packageOf(a))).toBe("no");
});
