import { compareInputs } from "../../provider/plugin/compare-inputs";

describe("what differs, by its path", () => {
  test.each([
    ["nothing", { a: 1, b: [{ c: "x" }] }, { a: 1, b: [{ c: "x" }] }, {}],
    ["null is absent", { a: null }, {}, {}],
    [
      "a file name with a dot",
      { live: { node2: { "a_jdbc.taco": "1" } } },
      { live: { node2: { "a_jdbc.taco": "2" } } },
      { 'live.node2["a_jdbc.taco"]': "update" },
    ],
    [
      "a longer list",
      { connectors: [{ sha256: "1" }] },
      { connectors: [{ sha256: "2" }, { sha256: "3" }] },
      { "connectors[0].sha256": "update", "connectors[1]": "add" },
    ],
    ["an argument that left", { rollback: false }, {}, { rollback: "delete" }],
    ["another kind of value", { server: "prod" }, { server: { name: "prod" } }, { server: "update" }],
  ])("%s", (_name, olds, news, expected) => {
    expect(Object.fromEntries(compareInputs(olds, news))).toEqual(expected);
  });
});
