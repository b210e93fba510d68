import { connectPluginsPathKey, disableVerifyKey } from "../../../provider/vocabulary/keys";
import { fingerprint } from "../../../provider/plan/compare/fingerprint";
import type { DesiredServer } from "../../../provider/plan/desired";
import { connector, desiredServer, digest, seenServer } from "../support/servers";

const [a, b] = [connector("a_jdbc"), connector("b_jdbc")];
const driver = { fileName: "x.jar", sha256: digest("x") };
const listing: Partial<Omit<DesiredServer, "options">> = { connectors: [a, b], drivers: [driver] };
const usual = fingerprint(desiredServer(listing), seenServer());

test.each<[string, Partial<Omit<DesiredServer, "options">>, string]>([
  ["another package", { connectors: [a, { ...b, sha256: digest("c") }] }, "2024.2"],
  ["another name", { connectors: [a, { ...b, fileName: "c.taco" }] }, "2024.2"],
  ["one less", { connectors: [a] }, "2024.2"],
  ["no driver", { drivers: [] }, "2024.2"],
  ["a key", { keys: { [connectPluginsPathKey]: "automatic", [disableVerifyKey]: { value: "true" } } }, "2024.2"],
  ["another folder", { directory: "/srv/c" }, "2024.2"],
  ["a trigger", { triggers: "1" }, "2024.2"],
  ["another release", {}, "2024.3"],
])("%s is another set", (_name, parts, version) => {
  expect(fingerprint(desiredServer({ ...listing, ...parts }), seenServer({ version }))).not.toBe(usual);
});

test("neither an order nor a name of the server makes another set", () => {
  expect(fingerprint(desiredServer({ ...listing, connectors: [b, a], name: "other", nodes: ["node9"] }), seenServer())).toBe(usual);
});

test("it is as records hold it since 0.1.0", () => {
  expect(usual).toBe(
    [
      "2024.2",
      "/opt/tableau/connectors",
      `a_jdbc.taco=${a.sha256}`,
      `b_jdbc.taco=${b.sha256}`,
      `x.jar=${driver.sha256}`,
      `${connectPluginsPathKey}=left`,
      `${disableVerifyKey}=left`,
      "no triggers",
    ].join("\n"),
  );
});
