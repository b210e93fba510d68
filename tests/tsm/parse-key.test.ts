import { TableauError } from "../../provider/vocabulary/error";
import { connectPluginsPathKey, disableVerifyKey, longestKeyValue } from "../../provider/vocabulary/keys";
import { getKey } from "../../provider/tsm/command";
import { parseKey, parseOtherKey } from "../../provider/tsm/parse-key";
import { answerOf } from "./support/answer";
import type { FakeOutput } from "./support/fake-host";

/** The kind of an answer, its value, or the code of an error and the line that it tells. */
const outcome = (read: () => ReturnType<typeof parseKey>): string => {
  try {
    const answer = read();
    return answer.kind === "value" ? `=${answer.value}` : answer.kind;
  } catch (error) {
    if (!(error instanceof TableauError)) throw error;
    return `${error.code} ${/\(line \d+\)/.exec(error.message)?.[0] ?? "no line"}`;
  }
};
const path = (output: FakeOutput): string => outcome(() => parseKey(answerOf(getKey(connectPluginsPathKey), output)));
const flag = (output: FakeOutput): string => outcome(() => parseKey(answerOf(getKey(disableVerifyKey), output)));
const other = (output: FakeOutput, known: readonly string[] = []): string =>
  outcome(() => parseOtherKey(answerOf(getKey("gateway.timeout"), output), known));

describe("the path", () => {
  test.each([
    ["  /opt/x  ", "=/opt/x"],
    ["D:\\x", "=D:\\x"],
    ["relative", "=relative"],
    ["", "unset"],
    ["null", "unset"],
    ["  <NULL>", "unset"],
    ["default", "unset"],
    ["(not set)", "unset"],
    ["No value", "unset"],
    ["The key is not set.", "unset"],
    ["nullable", "=nullable"],
    ["/opt/null", "=/opt/null"],
    ["No valued", "=No valued"],
    ["of no value", "tsm-answer-unreadable (line 1)"],
    // A sentence is no value, but words with a slash are a path, and two words may be a value of its own kind.
    ["Please wait a moment", "tsm-answer-unreadable (line 1)"],
    ["please wait now", "tsm-answer-unreadable (line 1)"],
    ["\nthree words here", "tsm-answer-unreadable (line 2)"],
    ["two words", "=two words"],
    ["two   words", "=two   words"],
    ["my  connectors/in here", "=my  connectors/in here"],
    ["12 or more words", "=12 or more words"],
    ["AB or more words", "=AB or more words"],
    ["Unknown key: x", "unknown"],
    ["  Error: unknown key x", "unknown"],
    ["/opt/unknown key", "=/opt/unknown key"],
    ["Unknown keyring", "=Unknown keyring"],
  ])("%j: %s", (stdout, expected) => {
    expect(path({ stdout })).toBe(expected);
  });

  test.each([
    ["beside other lines", "Hello there\n /opt/x \nBye", "=/opt/x"],
    ["of Windows", "Hello there\nD:\\x", "=D:\\x"],
    ["unset beside other lines", "Hello there\n null ", "unset"],
    ["two values", "/opt/x\n/opt/y", "tsm-answer-unreadable (line 2)"],
    ["none of two lines", "Hello there\n\nsee /opt/x", "tsm-answer-unreadable (line 3)"],
    ["with a drive of two letters", "Hello there\n1:/x", "tsm-answer-unreadable (line 2)"],
  ])("%s", (_, stdout, expected) => {
    expect(path({ stdout })).toBe(expected);
  });

  test("an unknown key is told on standard error and with any status", () => {
    expect(path({ stderr: "Unknown key: x", exit: 1 })).toBe("unknown");
    expect(path({ stdout: "Unknown key: x\n/opt/x\n/opt/y", exit: 1 })).toBe("unknown");
  });

  test("another failure is one", () => {
    expect(path({ stdout: "/opt/x", exit: 1 })).toBe("tsm-command-failed no line");
  });
});

describe("the flag", () => {
  test.each([
    ["true", "=true"],
    ["false\nHello there", "=false"],
    ["Hello there\n  TRUE", "=TRUE"],
    ["false\nis it true", "=false"],
    ["false\ntrue it is", "=false"],
    ["true\n/opt/x", "=true"],
    ["false\ntrue", "tsm-answer-unreadable (line 2)"],
  ])("%j: %s", (stdout, expected) => {
    expect(flag({ stdout })).toBe(expected);
  });
});

describe("another key", () => {
  test.each([
    ["7", "=7"],
    ["  a value of many words ", "=a value of many words"],
    ["", "unset"],
    ["NULL", "unset"],
    ["null x", "=null x"],
    ["x null", "=x null"],
    ["none", "=none"],
    ["No value", "unset"],
    ["There is no value", "=There is no value"],
    ["The key has no value", "unset"],
    ["It is not configured", "unset"],
    ["It is not configured1", "=It is not configured1"],
    ["Unknown key: gateway.timeout", "unknown"],
    // What tsm conceals.
    ["ENC()", "unknown"],
    ["ENC(abc)", "unknown"],
    ["xENC(abc)", "=xENC(abc)"],
    ["ENC(abc)x", "=ENC(abc)x"],
    ["***", "unknown"],
    ["••••", "unknown"],
    ["**", "=**"],
    ["x***", "=x***"],
    ["***x", "=***x"],
    ["[REDACTED]", "unknown"],
    ["<hidden>", "unknown"],
    ["secret", "unknown"],
    ["(encrypted", "unknown"],
    ["secret)", "unknown"],
    ["a secret", "=a secret"],
    ["secrets", "=secrets"],
    ["xhidden", "=xhidden"],
    // A structure may take several lines, another value may not.
    ['{\n  "a": 1\n}', '={ "a": 1 }'],
    ["[\n1,\n2\n]", "=[ 1, 2 ]"],
    ["a\nb", "tsm-answer-unreadable (line 2)"],
    ["{\n\nb", "tsm-answer-unreadable (line 3)"],
    ["1\n\n", "=1"],
    ['"a\nb"', "tsm-answer-unreadable (line 2)"],
    ["x [\n1]", "tsm-answer-unreadable (line 2)"],
  ])("%j: %s", (stdout, expected) => {
    expect(other({ stdout })).toBe(expected);
  });

  test.each(["7", "{}"])("%j is a value only where tsm succeeded", (stdout) => {
    expect(other({ stdout, exit: 1 })).toBe("tsm-command-failed no line");
  });

  test("a value that the key may have is one, whatever else it looks like", () => {
    for (const known of ["null", "***", "Unknown key", "WARNING: x"]) {
      expect(other({ stdout: `  ${known} \r\n` }, ["other", known])).toBe(`=${known}`);
      expect(other({ stdout: "Hello\n7\n" }, [known])).toBe("tsm-answer-unreadable (line 2)");
    }
    expect(other({ stdout: "7" }, [" 7 "])).toBe("= 7 ");
    expect(other({ stdout: "x\r\n7\r\n" }, ["7"])).toBe("=7");
    expect(other({ stdout: "x\n7" }, ["7"])).toBe("=7");
    expect(other({ stdout: "null", exit: 1 }, ["null"])).toBe("tsm-command-failed no line");
  });

  test("an unknown key is told on standard error too", () => {
    expect(other({ stdout: "a\nb", stderr: "x\nUnknown key", exit: 1 })).toBe("unknown");
  });

  test("a value is as long as one may be", () => {
    expect(other({ stdout: "x".repeat(longestKeyValue) })).toBe(`=${"x".repeat(longestKeyValue)}`);
    expect(other({ stdout: "x".repeat(longestKeyValue + 1) })).toBe("tsm-answer-unreadable no line");
  });
});
