import { isLoaded } from "../../../provider/plan/compare/is-loaded";
import type { ConfirmedFile } from "../../../provider/plan/record/record";
import type { SeenNode, SeenPackage } from "../../../provider/plan/seen";
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

test("what was confirmed on another node says nothing", () => {
  const record = recordOf([a], { confirmed: { node2: { [a.fileName]: confirmed } } });
  expect(isLoaded(seenServer({ record }), node("node1", unseen), packageOf(a))).toBe("no");
  expect(isLoaded(seenServer({ record: null }), node("node1", unseen), packageOf(a))).toBe("no");
});
