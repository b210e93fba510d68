import { connectPluginsPathKey, disableVerifyKey } from "../../../provider/vocabulary/keys";
import { checkBreaking } from "../../../provider/plan/check/check-breaking";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import type { SeenPackage } from "../../../provider/plan/seen";
import type { Step } from "../../../provider/plan/step";
import { connector, desiredServer, node, packageOf, recordOf, seenServer, stranger } from "../support/servers";

const path = "/srv/connectors";
const unsigned = stranger("strange.taco", { pluginClass: "s", pluginVersion: "1", signed: false });
const signed = stranger("signed.taco", { pluginClass: "s", pluginVersion: "1", signed: true });
const unread = stranger("unread.taco", null);
const moved = { ...signed, directory: path };

type Of = Partial<{
  version: string;
  steps: readonly Step[];
  packages: readonly SeenPackage[];
  accept: string[];
  retire: "retire" | "keep";
}>;

function broken({ version = "2024.2", steps = [], packages = [], accept = [], retire = "keep" }: Of): string[] {
  const desired = desiredServer({ options: { acceptBreaking: accept, unlistedConnectors: retire } });
  const there = node("node2", { packages: [packageOf(connector("a_jdbc")), ...packages] });
  const findings = checkBreaking(desired, seenServer({ version, nodes: [node("node1"), there] }), steps);
  expect(findings.length).toBeLessThanOrEqual(1);
  return findings.flatMap(({ next }) => JSON.parse(/\[.*\]/.exec(next)?.[0] ?? "[]") as string[]);
}

const verify = (was: string | null, value: string | null): Step =>
  value === null ? { kind: "unsetKey", key: disableVerifyKey, was } : { kind: "setKey", key: disableVerifyKey, value, was };
const pathKey = (was: string | null, value: string | null): Step =>
  value === null ? { kind: "unsetKey", key: connectPluginsPathKey, was } : { kind: "setKey", key: connectPluginsPathKey, value, was };

describe("turning verification on", () => {
  test.each<[string, Step, SeenPackage[], string[]]>([
    ["stops an unsigned connector", verify("true", "false"), [unsigned], ["strange.taco"]],
    ["stops it by taking the key back, too", verify("true", null), [unsigned], ["strange.taco"]],
    ["stops it however the value is spelled", verify("TRUE", "False"), [unsigned], ["strange.taco"]],
    ["stops no signed one, nor one that nobody can read", verify("true", "false"), [signed, unread], []],
    ["is none where it was on", verify("false", "false"), [unsigned], []],
    ["is none where nothing was set", verify(null, "false"), [unsigned], []],
    ["is none where it stays off", verify("true", "TRUE"), [unsigned], []],
    ["turning it off stops nothing", verify("false", "true"), [unsigned], []],
  ])("%s", (_name, step, packages, expected) => {
    expect(broken({ steps: [step], packages })).toEqual(expected);
  });

  test.each<[string, Step[]]>([
    ["no key", []],
    ["the other key", [pathKey("/srv/x", "/srv/y")]],
    ["a restart alone", [{ kind: "restart", why: [] }]],
  ])("is not what %s does", (_name, steps) => {
    expect(broken({ steps, packages: [unsigned] })).toEqual([]);
  });
});

describe("moving the path", () => {
  test.each<[string, Of, string[]]>([
    ["stops what lies there", { steps: [pathKey(path, "/srv/new")] }, ["signed.taco"]],
    ["stops it where the key is unset, too", { steps: [pathKey(`${path}/`, null)] }, ["signed.taco"]],
    ["stops nothing where the folder stays", { steps: [pathKey(path, `${path}/`)] }, []],
    ["stops nothing where none was set", { steps: [pathKey(null, "/srv/new")] }, []],
    ["stops nothing elsewhere", { steps: [pathKey("/srv/third", "/srv/new")] }, []],
    ["stops nothing by the other key", { steps: [verify(path, "false")] }, []],
  ])("%s", (_name, parts, expected) => {
    expect(broken({ packages: [moved], ...parts })).toEqual(expected);
  });

  test("stops nothing in a folder that the release reads by itself", () => {
    const steps = [pathKey(linuxLayout.connectors, "/srv/new")];
    expect(broken({ steps, packages: [signed] })).toEqual([]);
    expect(broken({ steps, packages: [signed], version: "2021.1" })).toEqual(["signed.taco"]);
  });
});

test("names every one that is neither accepted, listed, a driver, nor to be retired", () => {
  const steps = [verify("true", "false"), pathKey(path, null)];
  const jar = { ...unsigned, fileName: "x.jar" };
  const listed = packageOf(connector("a_jdbc"), { identity: { pluginClass: "a_jdbc", pluginVersion: "1", signed: false } });
  expect(broken({ steps, packages: [unsigned, moved, jar, listed] })).toEqual(["strange.taco", "signed.taco"]);
  expect(broken({ steps, packages: [unsigned, moved], accept: ["strange.taco"] })).toEqual(["signed.taco"]);
  expect(broken({ steps, packages: [unsigned, moved], accept: ["signed.taco", "strange.taco"] })).toEqual([]);
  expect(broken({ steps, packages: [unsigned], retire: "retire" })).toEqual([]);
  expect(
    checkBreaking(
      desiredServer({ connectors: [] }),
      seenServer({ record: recordOf([connector("a_jdbc")]), nodes: [node("node1", { packages: [listed] })] }),
      steps,
    ),
  ).toEqual([]);
});

test("says of each why", () => {
  const steps = [verify("true", "false"), pathKey(path, "/srv/new")];
  const seen = seenServer({ nodes: [node("node1", { packages: [unsigned, moved] })] });
  expect(checkBreaking(desiredServer(), seen, steps)).toMatchObject([
    { code: "breaks-unlisted", message: expect.stringMatching(/strange\.taco is not signed.*signed\.taco lies in \/srv\/connectors/) },
  ]);
});
