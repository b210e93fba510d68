import { connectPluginsPathKey, disableVerifyKey } from "../../../provider/vocabulary/keys";
import { checkFolders } from "../../../provider/plan/check/check-folders";
import type { DesiredServer, KeyWish } from "../../../provider/plan/desired";
import type { KeySeen, SeenServer } from "../../../provider/plan/seen";
import { codesOf } from "../support/findings";
import { connector, desiredServer, seenServer } from "../support/servers";

const folder = { ...connector("b_jdbc"), fileName: "b_jdbc" };
const desired = (path: KeyWish, verify: KeyWish, parts: Partial<Omit<DesiredServer, "options">> = {}): DesiredServer =>
  desiredServer({
    directory: "/srv/c",
    connectors: [connector("a_jdbc"), folder],
    keys: { [connectPluginsPathKey]: path, [disableVerifyKey]: verify },
    ...parts,
  });
const seen = (version: string, path: KeySeen = { kind: "unset" }, verify: KeySeen = { kind: "unset" }): SeenServer =>
  seenServer({ version, keys: { [connectPluginsPathKey]: path, [disableVerifyKey]: verify } });
const value = (text: string): KeySeen => ({ kind: "value", value: text });

test.each<[string, DesiredServer, SeenServer, string[]]>([
  ["no folder among them", desired("left", "left", { connectors: [connector("a_jdbc")] }), seen("2024.2"), []],
  ["the path names their folder, and nothing is verified", desired({ value: "/srv/c/" }, { value: "true" }), seen("2024.2"), []],
  ["both as found", desired("left", "left"), seen("2024.2", value("/srv/c"), value("TRUE")), []],
  ["the path is set by itself", desired("automatic", { value: "true" }), seen("2024.2"), []],
  ["the path names another", desired({ value: "/srv/x" }, { value: "true" }), seen("2024.2"), ["directory-not-read"]],
  [
    "the program moves the path away from it",
    desired({ value: "/srv/x" }, { value: "true" }),
    seen("2024.2", value("/srv/c")),
    ["directory-not-read"],
  ],
  ["the path is not set", desired("left", { value: "true" }), seen("2024.2"), ["directory-not-read"]],
  [
    "in the folders of processes",
    desired({ value: "/srv/c" }, { value: "true" }, { placement: "perProcess" }),
    seen("2024.2"),
    ["directory-not-read"],
  ],
  ["verified", desired({ value: "/srv/c" }, { value: "false" }), seen("2024.2", undefined, value("true")), ["unsigned-folder"]],
  ["verified, as nothing is set", desired({ value: "/srv/c" }, "left"), seen("2024.2"), ["unsigned-folder"]],
  ["verified from 2020.1 on", desired({ value: "/srv/c" }, "left"), seen("2020.1"), ["unsigned-folder"]],
  ["not verified before", desired({ value: "/srv/c" }, "left"), seen("2019.4"), []],
  ["neither", desired("left", "left"), seen("2024.2"), ["directory-not-read", "unsigned-folder"]],
])("%s", (_name, wanted, server, expected) => {
  expect(codesOf(checkFolders(wanted, server))).toEqual(expected);
});

test("names the folders and no package", () => {
  for (const { message } of checkFolders(desired("left", "left"), seen("2024.2"))) {
    expect(message).toContain("b_jdbc");
    expect(message).not.toContain("a_jdbc");
  }
});
