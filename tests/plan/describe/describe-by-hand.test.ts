import { connectPluginsPathKey as path } from "../../../provider/vocabulary/keys";
import { describeByHand } from "../../../provider/plan/describe/describe-by-hand";
import type { Step } from "../../../provider/plan/step";

const sha256 = "a".repeat(64);
const linux = { node: "node1", directory: "/opt/c", fileName: "a.taco" };
const windows = { node: "node1", directory: "D:/c", fileName: "a.taco" };
const was = { mode: "0600", owner: "x", readable: true };

test.each<[Step, string | null, string | null]>([
  [{ kind: "place", ...linux, sha256, was: null }, `[node1] install -m 0644 /state/store/${sha256} /opt/c/a.taco`, null],
  [{ kind: "place", ...linux, fileName: "a b", sha256, was: null }, `[node1] cp -RT /state/store/${sha256} '/opt/c/a b'`, null],
  [{ kind: "place", ...windows, sha256, was: null }, null, `[node1] copy /b /y "C:\\state\\store\\${sha256}" "D:\\c\\a.taco"`],
  [{ kind: "retire", ...linux, was: sha256 }, "[node1] mv /opt/c/a.taco /state/store/", null],
  [{ kind: "retire", ...windows, was: sha256 }, null, '[node1] move "D:\\c\\a.taco" "C:\\state\\store"'],
  [{ kind: "mend", ...linux, sha256, owner: null, was }, "[node1] chmod 0644 /opt/c/a.taco", null],
  [{ kind: "mend", ...linux, sha256, owner: "root", was }, "[node1] chown root: /opt/c/a.taco && chmod 0644 /opt/c/a.taco", null],
  [{ kind: "openDirectory", node: "node1", directory: "/opt/it's" }, `[node1] chmod 0755 '/opt/it'\\''s'`, null],
  [
    { kind: "setKey", key: path, value: "/a b", was: null },
    `tsm configuration set -k ${path} -v '/a b' --force-keys`,
    `tsm configuration set -k ${path} -v "/a b" --force-keys`,
  ],
])("%j by hand", (step, onLinux, onWindows) => {
  if (onLinux !== null) expect(describeByHand(step, "/state")).toBe(onLinux);
  if (onLinux === null || onWindows !== null) expect(describeByHand(step, "C:/state")).toBe(onWindows);
});

test.each<[Step, RegExp]>([
  [{ kind: "unsetKey", key: path, was: "x" }, /^tsm configuration set -k native_api\.connect_plugins_path -d --force-keys$/],
  [{ kind: "discardPending" }, /^tsm pending-changes list .*tsm pending-changes discard --config-only/],
  [{ kind: "applyPending", why: [] }, /^tsm pending-changes apply$/],
  [{ kind: "restart", why: [] }, /^tsm restart$/],
])("%j is the same on both systems", (step, command) => {
  expect(describeByHand(step, "/state")).toMatch(command);
  expect(describeByHand(step, "C:/state")).toBe(describeByHand(step, "/state"));
});

test.each<[Step]>([[{ kind: "record", restartRequired: [] }], [{ kind: "awaitRunning" }]])(
  "there is nothing to do by hand for %j",
  (step) => {
    expect([describeByHand(step, "/state"), describeByHand(step, "C:/state")]).toEqual([null, null]);
  },
);

test("what has no command on Windows is not given one of Linux", () => {
  const steps: Step[] = [
    { kind: "mend", ...windows, sha256, owner: null, was },
    { kind: "openDirectory", node: "node1", directory: "D:/c" },
  ];
  expect(steps.map((step) => describeByHand(step, "C:/state"))).toEqual([null, null]);
});

test.each(["a;b", "a b", "$x", "a'b", "ä", ""])("%j is quoted for sh", (word) => {
  expect(describeByHand({ kind: "openDirectory", node: "n", directory: word }, "/s")).toBe(
    `[n] chmod 0755 '${word.replaceAll("'", "'\\''")}'`,
  );
});
