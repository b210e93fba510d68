import { connectPluginsPathKey, disableVerifyKey } from "../../provider/vocabulary/keys";
import { beginsWithKey, isNoiseToken, judgePendingLine, remover } from "../../provider/tsm/pending-line";

const unnamed = "(a name that cannot be told)";
const key = connectPluginsPathKey;

/** What a line tells: our keys and others' changes. */
const judge = (line: string, values: readonly string[] = []): readonly [readonly string[], readonly string[]] => {
  const { ours, othersChanges } = judgePendingLine(line, remover(values));
  return [ours, othersChanges];
};

describe("a line with a key of ours", () => {
  test.each([
    key,
    `${key}: /opt/x`,
    `${key}=/opt/my connectors=c`,
    `${key}, 12-restart = yes`,
    `${key} = D:\\My connectors=y`,
    `Name: ${key}, new value: 7`,
    `* The value of ${key} will change: old value "null", new value "x".`,
    `${key} - 1.2-3=4`,
    `${key}: unknown words`,
    `${key} 12=x`,
  ])("is ours alone: %s", (line) => {
    expect(judge(line)).toEqual([[key], []]);
  });

  test("may have both", () => {
    expect(judge(`${key}=x, ${disableVerifyKey}=true`)).toEqual([[key, disableVerifyKey], []]);
  });

  test.each([
    `${key}=/opt/x, gateway.timeout=7`,
    `${key}=/opt/x, timeout=7`,
    `${key}=/opt/x, timeout:7`,
    `${key}=/opt/x, timeout" : 7`,
    `${key}=/opt/x, timeout' = 7`,
    `${key}=/opt/x, 1.-timeout=7`,
    `${key}=x (timeout=7)`,
    `acme.timeout ${key}`,
    `C:/x|timeout=7 ${key}`,
    `hunter/acme.timeout ${key}`,
    `hunter\\acme.timeout ${key}`,
    `acme.timeout@hunter ${key}`,
    `aD:/timeout=7 ${key}`,
  ])("is another's too, without a name: %s", (line) => {
    expect(judge(line)).toEqual([[key], [unnamed]]);
  });
});

describe("a line without a key of ours", () => {
  test.each<[string, string]>([
    ["gateway.timeout", "gateway.timeout"],
    ["gateway.timeout: 7", "gateway.timeout"],
    ["- Key: gateway.timeout, new value: true", "gateway.timeout"],
    ["12 gateway.timeout", "gateway.timeout"],
    ["gateway.timeout x", "gateway.timeout"],
    ["gateway.timeout acme.x", "gateway.timeout"],
    // The word before the key, or a second name, could be a value.
    ["hunter gateway.timeout", unnamed],
    ["gateway.timeout worker.port", unnamed],
    ["acme.timeout: 7", unnamed],
    ["acme.timeout gateway.timeout", unnamed],
    ["/gateway.timeout", unnamed],
    ["/opt/gateway.timeout", unnamed],
    ["\\\\x\\gateway.timeout", unnamed],
    ["x/acme.timeout", unnamed],
    ["x\\acme.timeout", unnamed],
    ["x@acme.timeout", unnamed],
    ["native_api.connect_plugins_path_old", "native_api.connect_plugins_path_old"],
    // No key, but words that nobody knows.
    ["hunter", unnamed],
    ["The hunter", unnamed],
    ["hunter: value", unnamed],
    ["/opt/x, timeout=7", unnamed],
    ["values hunter", unnamed],
    ["My value: 7 hunter", unnamed],
    ["old value hunter", unnamed],
  ])("%s: a change of another's, %s", (line, name) => {
    expect(judge(line)).toEqual([[], [name]]);
  });

  test.each([
    "",
    "----",
    "Configuration",
    "12 true",
    "A b",
    "No restart is required.",
    "Key  Old Value  New Value",
    "Value: hunter2",
    "New value = hunter2",
    "  old_value: hunter2",
    "  default-value: hunter2",
    "originalvalue: hunter2",
    "* 'values': hunter2",
    "CURRENT VALUE=hunter2",
    "/opt/x",
    "/opt/my connectors",
    "D:\\my connectors",
    "  'C:/my connectors'",
    "| </opt/my connectors",
    "[{(/opt/my connectors",
    "* -> /opt",
    "\\\\server\\my share",
    "/opt/acme.d",
    // A heading has one word at most that is not known.
    "The hunter changes:",
    "  The following hunter was found:  ",
  ])("%j: none", (line) => {
    expect(judge(line)).toEqual([[], []]);
  });

  test.each([
    "hunter changes:",
    "The hunter rabbit changes:",
    "The hunter changes",
    "The hunter changes: x",
    "1 hunter changes:",
    "The hunter changes (1):",
    "My new value hunter: 7",
    "hunter/opt/x y",
    "xD:\\my connectors",
    "DD:\\my connectors",
    "hunter value: 7",
  ])("%j: no heading and no value", (line) => {
    expect(judge(line)).toEqual([[], [unnamed]]);
  });
});

describe("values of our own", () => {
  const values = ["/opt/a.b", "/opt/a.b/c.d", "D:/x.y z", "word.key"];

  test.each([
    "/opt/a.b",
    "'/opt/a.b'",
    "is /opt/a.b is",
    "was /opt/a.b/c.d, /opt/a.b",
    "is D:/x.y z",
    "/opt/a.b /opt/a.b",
    "value /opt/a.b->/opt/a.b/c.d",
  ])("are no change: %s", (line) => {
    expect(judge(line, values)).toEqual([[], []]);
  });

  test("stand as a whole, and only paths are taken out", () => {
    const remove = remover(values);
    expect(remove("a /opt/a.b b")).toBe("a   b");
    expect(remove("/opt/a.b")).toBe(" ");
    expect(remove("/opt/a.b/c.d")).toBe(" ");
    expect(remove("/opt/a.b|/opt/a.b")).toBe(" | ");
    for (const line of ["/opt/a.bc", "x/opt/a.b", "/opt/a.b/", "-/opt/a.b", "/opt/a.b.", "\\/opt/a.b", "/opt/a.b_", "word.key", "none"]) {
      expect(remove(line)).toBe(line);
    }
  });

  test("that overlap are taken out once", () => {
    expect(remover(["/ /"])("/ / /")).toBe("  /");
    expect(remover(["\\x", "C:\\x", "c:/y", "9:/y"])("C:\\x c:/y 9:/y")).toBe("    9:/y");
  });
});

describe("a row that begins with a key", () => {
  test.each([
    "gateway.timeout",
    "  gateway.timeout  ",
    "gateway.timeout: 7",
    "gateway.timeout = 7",
    "gateway.timeout|7",
    "gateway.timeout, 7",
    "gateway.timeout;7",
    "gateway.timeout → 7",
    "gateway.timeout -> 7",
    "gateway.timeout  many words here",
    "gateway.timeout\tmany words here",
    "gateway.timeout 7200",
    "gateway.timeout changed from 7 to 8",
    "gateway.timeout will change to 8",
    '"gateway.timeout": 7',
    "'gateway.timeout' 7",
    "`gateway.timeout` 7",
    "<gateway.timeout> 7",
    "(gateway.timeout) 7",
    "[gateway.timeout] 7",
    "- gateway.timeout",
    "*gateway.timeout: 7",
    "--> gateway.timeout",
    "1 gateway.timeout",
    "12. gateway.timeout",
    "3) gateway.timeout",
    "1234: gateway.timeout",
    "Key: gateway.timeout",
    "name = gateway.timeout",
    "* Parameter:gateway.timeout",
    "property : gateway.timeout",
    "1. Setting: 'gateway.timeout'",
    key,
    `${key} 7`,
  ])("%j", (line) => {
    expect(beginsWithKey(line)).toBe(true);
  });

  test.each([
    "",
    "gateway",
    "acme.timeout: 7",
    "The gateway.timeout: 7",
    "x gateway.timeout",
    "@@@@gateway.timeout-> 7",
    "12345 gateway.timeout",
    "1.gateway.timeout",
    "1x gateway.timeout",
    "---- gateway.timeout",
    "/gateway.timeout",
    "\\gateway.timeout",
    "Value: gateway.timeout",
    "Key gateway.timeout",
    "gateway.timeout many words",
    "gateway.timeout changedx y",
    "gateway.timeout willing y",
    "gateway.timeout/x 7",
    "gateway.timeout@x: 7",
    "x: gateway.timeout: 7",
  ])("none: %j", (line) => {
    expect(beginsWithKey(line)).toBe(false);
  });

  test.each([
    ...["xml", "yml", "yaml", "json", "properties", "conf", "cfg", "log", "txt", "jar", "class", "java", "so"],
    ...["dll", "exe", "sh", "cmd", "bat", "XML"],
  ])("none that is a file: gateway.%s", (ending) => {
    expect(beginsWithKey(`gateway.${ending}: 7`)).toBe(false);
    expect(beginsWithKey(`gateway.${ending}x: 7`)).toBe(true);
    expect(beginsWithKey(`gateway.x${ending}: 7`)).toBe(true);
  });
});

test.each([
  ["restart", true],
  ["REQUIRED", true],
  ["x", true],
  ["Z", true],
  ["12_3", true],
  ["--", true],
  ["", true],
  ["/opt/hunter", true],
  ["C:\\hunter", true],
  ["hunter", false],
  ["xy", false],
  ["1x", false],
  ["ab/c", false],
])("%j says nothing of a change: %s", (token, expected) => {
  expect(isNoiseToken(token)).toBe(expected);
});
