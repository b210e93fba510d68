import { connectPluginsPathKey } from "../../provider/vocabulary/keys";
import { otherKeysIn } from "../../provider/tsm/other-keys";
import { isNoiseToken } from "../../provider/tsm/pending-line";

const ours = connectPluginsPathKey;
const read = (line: string, watched: Readonly<Record<string, readonly string[]>> = { "gateway.timeout": ["7200s"] }) =>
  otherKeysIn(new Map(Object.entries(watched)), isNoiseToken)(line);

describe("a watched key", () => {
  test.each([
    ["gateway.timeout", ours],
    ["gateway.timeout: x", `${ours}: x`],
    ["(gateway.timeout)", `(${ours})`],
    ["gateway.timeout=gateway.timeout", `${ours}=${ours}`],
    // The full stop of a sentence is no part of a name.
    ["Set gateway.timeout. Done", `Set ${ours}. Done`],
    ["Set gateway.timeout.", `Set ${ours}.`],
  ])("%j reads like one of our two", (line, text) => {
    expect(read(line)).toEqual({ text, whole: line, named: ["gateway.timeout"] });
  });

  test.each(["xgateway.timeout", "gateway.timeouts", "gateway.timeout.x", "x.gateway.timeout", "-gateway.timeout", "gateway.timeout-x"])(
    "%s is another",
    (line) => {
      expect(read(line)).toEqual({ text: line, whole: line, named: [] });
    },
  );

  test("of several, each is told that a line names", () => {
    const watched = { "a.b": [], "c.d": [], "a.b.c": [] };
    expect(read("a.b.c=1, c.d=2", watched)).toMatchObject({ text: `${ours}=1, ${ours}=2`, named: ["c.d", "a.b.c"] });
  });
});

describe("its value", () => {
  test.each([
    ["gateway.timeout: 7200s", `${ours}:  `],
    ["gateway.timeout: (7200s)", `${ours}: ( )`],
    ["gateway.timeout: 7200s. x", `${ours}:  . x`],
    ["gateway.timeout: 7200s7200s 7200s", `${ours}: 7200s7200s  `],
    ["gateway.timeout: 17200s, 7200st", `${ours}: 17200s, 7200st`],
    // Alone, or beside words that say nothing.
    ["7200s", " "],
    ["New value: 7200s", "New value:  "],
    // In somebody else's line it is somebody else's.
    ["acme.x: 7200s", "acme.x: 7200s"],
    ["hunter 7200s", "hunter 7200s"],
  ])("in %j", (line, text) => {
    expect(read(line).text).toBe(text);
  });

  test.each<[string, readonly string[], string]>([
    ["the longest first", ["a b", "a b c d"], " "],
    ["the longest first, in any order", ["a b c d", "a b"], " "],
    ["one that is nothing", [""], "a b c d"],
    ["of signs", ["a b c d"], " "],
  ])("is taken out: %s", (_, values, text) => {
    expect(read("a b c d", { "gateway.timeout": values }).text).toBe(text);
  });

  test("that begins or ends with a sign may stand beside a word", () => {
    expect(read("value is x{1}x", { "gateway.timeout": ["{1}"] }).text).toBe("value is x x");
    expect(read("x(1", { "gateway.timeout": ["(1"] }).text).toBe("x ");
    expect(read("x(12", { "gateway.timeout": ["(1"] }).text).toBe("x(12");
    expect(read("1)x", { "gateway.timeout": ["1)"] }).text).toBe(" x");
    expect(read("21)x", { "gateway.timeout": ["1)"] }).text).toBe("21)x");
  });

  test("that repeats itself is taken out without what overlaps", () => {
    expect(read("-a-a-", { "gateway.timeout": ["-a-"] }).text).toBe(" a-");
  });

  test("is known as JSON writes it, too", () => {
    const value = 'a"b';
    expect(read(`{"gateway.timeout": "a\\"b"}`, { "gateway.timeout": [value] }).text).toBe(`{"${ours}": " "}`);
    expect(read(`gateway.timeout: ${value}`, { "gateway.timeout": [value] }).text).toBe(`${ours}:  `);
  });

  test("that is the name of a key stays: the line could be that key's", () => {
    const watched = { "gateway.timeout": ["worker.port"] };
    expect(read("worker.port", watched)).toMatchObject({ text: "worker.port", named: [] });
    expect(read("gateway.timeout worker.port", watched).text).toBe(`${ours} worker.port`);
  });

  test("is one of any watched key", () => {
    const watched = { "gateway.timeout": ["hunter1"], "worker.port": ["hunter2", "hunter3"] };
    expect(read("gateway.timeout hunter3 hunter1", watched).text).toBe(`${ours}    `);
  });
});

test("without a watched key nothing is read", () => {
  expect(read("gateway.timeout 7", {})).toEqual({ text: "gateway.timeout 7", whole: "gateway.timeout 7", named: [] });
});
