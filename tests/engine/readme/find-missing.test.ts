import { findMissing } from "./find-missing";

const connector = ["  type:Connector (a):", "    a.taco will be uploaded.", "    It is signed."];
const config = ["  type:Config (all-config):", "    One restart."];
const stack = ["  pulumi:pulumi:Stack (p-dev):", "    warning: another thing"];
const shown = ["Previewing update (dev):", "…", "Diagnostics:", ...connector, ...config, "Resources:", "    + 4 to create"];
const printed = (...sections: string[][]): string =>
  [
    "Previewing update (dev):",
    " +  a create",
    "Diagnostics:",
    ...sections.flatMap((lines) => [...lines, ""]),
    "Resources:",
    "    + 4 to create",
    "",
    "Duration: 1s",
  ].join("\n");

test.each([
  ["as they are shown", [connector, config]],
  ["in another order", [config, connector]],
  ["with another one before, between and after", [stack, config, stack, connector, stack]],
])("diagnostics are found %s", (_name, sections) => {
  expect(findMissing(shown, printed(...sections))).toBeUndefined();
});

test.each([
  ["one is missing", [connector], config.join("\n")],
  ["one says something else", [connector, [config[0] ?? "", "    Two restarts."]], config.join("\n")],
  ["a line is gone", [config, connector.slice(0, 2)], connector.join("\n")],
  [
    "a sentence stands at another resource",
    [
      [connector[0] ?? "", config[1] ?? ""],
      [config[0] ?? "", ...connector.slice(1)],
    ],
    connector.join("\n"),
  ],
])("what is missing is told where %s", (_name, sections, missing) => {
  expect(findMissing(shown, printed(...sections))).toBe(missing);
});

test("what follows the diagnostics must follow them", () => {
  const text = printed(connector, config);
  expect(findMissing([...shown.slice(0, -1), "    + 5 to create"], text)).toBe("    + 5 to create");
  expect(findMissing(["Resources:", "…", "Diagnostics:"], text)).toBe("Diagnostics:");
});
