import * as command from "../../provider/tsm/command";
import { parseVersion } from "../../provider/tsm/parse-version";
import { answerOf } from "./support/answer";
import type { FakeOutput } from "./support/fake-host";
import { outcomeOf } from "./support/outcome-of";

const build = "20242.24.0807.0327";
const other = "20191.19.0321.1733";

const read = (output: FakeOutput): unknown => outcomeOf(() => parseVersion(answerOf(command.version(), output)));

test("the release is that of the build", () => {
  expect(read({ stdout: `Tableau Server version ${build}.` })).toEqual({ version: "2024.2", build });
});

test.each<[string, FakeOutput]>([
  ["the sentence before the name", { stdout: `Tableau Server at /opt/${other}\nTableau Server version ${build}` }],
  ["the sentence before the command line's", { stdout: `Command line version ${other}.\nTableau Server version ${build}.` }],
  ["the name before any build", { stdout: `tsm ${other}\ntableau server ${build}` }],
  ["the name alone as a word", { stdout: `Tableau Servers ${other}\nTableau Server ${build}` }],
  ["the sentence alone as words", { stdout: `Tableau Server versions ${other}\nTableau Server version ${build}` }],
  ["the sole one", { stdout: `Something\ntsm ${build}` }],
  ["one that is told twice", { stdout: `${build} ${build}` }],
  ["standard output before standard error", { stdout: build, stderr: `Tableau Server version ${other}` }],
  ["that of standard error", { stdout: "Hello", stderr: build }],
  ["that of a call that failed", { stdout: build, exit: 1 }],
  ["with a time of three digits", { stdout: `x 20242.24.0807.032 ${build.slice(1)}` }],
])("the build is %s", (_, output) => {
  expect(read(output)).toMatchObject({ version: "2024.2" });
});

test.each([
  `1${build}`,
  `${build}1`,
  "19242.24.0807.0327",
  "2024.24.0807.0327",
  "20242.4.0807.0327",
  "20242.24.080.0327",
  "20242.24.0807.03",
])("%s is no build", (text) => {
  expect(read({ stdout: text })).toBe("tsm-answer-unreadable");
  expect(read({ stdout: text, exit: 1 })).toBe("tsm-command-failed");
});

test("two builds tell nothing", () => {
  expect(read({ stdout: `Tableau Server version ${build}\nTableau Server version ${other}` })).toBe("tsm-answer-unreadable");
  expect(read({ stdout: `${build} ${other}`, exit: 1 })).toBe("tsm-command-failed");
});
