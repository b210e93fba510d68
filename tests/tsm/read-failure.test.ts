import { listJobs } from "../../provider/tsm/command";
import { readFailure, type Failure } from "../../provider/tsm/read-failure";
import { answerOf } from "./support/answer";
import type { FakeOutput } from "./support/fake-host";

const of = (output: FakeOutput): ReturnType<typeof readFailure> => readFailure(answerOf(listJobs(), output));
const read = (stdout: string, exit = 0): ReturnType<typeof readFailure> => of({ stdout, exit });

/** Beginnings of lines, and what they tell. */
const told: Readonly<Record<Failure, readonly string[]>> = {
  "controller-unreachable": [
    "Could not connect to server",
    "Cannot connect to the TSM service",
    "Unable to connect to Tableau Services Manager",
    "Failed to connect to x: the controller is down",
    "Could not connect to the server",
    "java.net.ConnectException: x",
    "Connection refused (Connection refused)",
  ],
  "login-needed": [
    "You are not logged in.",
    "You aren't signed in.",
    "You must be logged in.",
    "You must log in first.",
    "You need to login.",
    "You have to sign in.",
    "Please log in again.",
    "Login required.",
    "Sign in is required.",
    "Log in before",
    "Login to continue",
    "Not logged in",
    "Your session has expired.",
    "The token is invalid.",
    "TSM session timed out.",
    "Your TSM login has timed out",
    "Authentication required",
    "Login failed.",
    "Authorization was denied.",
    "Sign-in failure",
    "Invalid username or password.",
    "Incorrect credentials",
    "Wrong login",
    "User deploy is not authorized to do so.",
    "The account x is not a member of tsmadmin.",
    "User is not authorised",
    "HTTP 401",
    "Status code 401: log in",
    "http status: 401",
    "HTTP status code: 401",
    "401 Unauthorized",
    "401: Unauthorised",
    "401 - Unauthorized",
    "Unauthorized",
  ],
  "option-unknown": ["Unrecognized option: -x", "Unknown option: -x", "Ambiguous option: -x", "Unrecognized command x", "Unknown command"],
  "program-unusable": ["sh: 1: tsm: not found", "bash: line 12: tsm: Permission denied", "sh: 12: /opt/tsm: cannot execute"],
};
const cases = Object.entries(told).flatMap(([failure, lines]) => lines.map((line) => [line, failure] as const));

test.each(cases)("%j: %s", (line, failure) => {
  expect(read(line, 1)).toBe(failure);
  expect(read(`Something else.\n  ${line}\nMore.`)).toBe(failure);
  expect(of({ stderr: line })).toBe(failure);
});

test.each(cases.filter(([, failure]) => failure !== "program-unusable"))("%j after the word error: %s", (line, failure) => {
  expect(read(`Error: ${line}`)).toBe(failure);
});

// A value of a key in a list may be anything.
test.each(cases)("%j in the middle of a line tells nothing", (line) => {
  expect(read(`The value of x: ${line}`)).toBeUndefined();
});

test.each([
  "Could not connect to x",
  "Could not reach the controller",
  "The controller could not connect to x",
  "You are late",
  "You must be patient",
  "User deploy is authorized",
  "Users are not authorized",
  "User deploy is not allowing it",
  "Session started",
  "Authentication 7",
  "Invalid value",
  "HTTP 4011",
  "HTTP401",
  "401:: Unauthorized",
  "401 Unauthorizedly",
  "401Unauthorized",
  "Unauthorizeds",
  "Unrecognized option",
  "Unknown commands",
  "a b: 1: tsm: not found",
  "sh: x: tsm: not found",
  "sh: 1: tsm: found",
  "sh: line: tsm: not found",
])("%j tells nothing", (line) => {
  expect(read(line, 1)).toBeUndefined();
});

test.each(["bash: tsm: command not found", "/opt/tsm: cannot execute binary file", "sh: /opt/tsm: bad interpreter: No such file"])(
  "%j: the program cannot be used",
  (line) => {
    expect(read(line, 1)).toBe("program-unusable");
  },
);

test.each(["x: command not found in the list", "x: cannot execute binary files"])("%j tells nothing", (line) => {
  expect(read(line, 1)).toBeUndefined();
});

// The 401st job of a server is a job.
test.each(["401  RestartServerJob  Succeeded", "401 | DeploymentsJob | Running", "401", "Id: 401"])("%s: a line of a list", (text) => {
  expect(read(`400  RestartServerJob  Succeeded\n${text}\n402  RestartServerJob  Running`)).toBeUndefined();
});

describe("standard error", () => {
  const stderr = "Could not connect to server";

  test("is noise beside an answer", () => {
    expect(of({ stdout: "There are no jobs.", stderr })).toBeUndefined();
  });

  test.each([
    ["without an answer", {}],
    ["beside a remark alone", { stdout: "WARNING: slow" }],
    ["of a call that failed", { stdout: "There are no jobs.", exit: 1 }],
  ])("tells %s", (_, output) => {
    expect(of({ ...output, stderr })).toBe("controller-unreachable");
  });
});

describe("a question for a password", () => {
  test.each(["Password:", "Enter password:", "password for 'deploy': "])("%j: a login is needed where the call failed", (question) => {
    expect(read(question, 1)).toBe("login-needed");
    expect(read(`Hello.\n  ${question}`, 1)).toBe("login-needed");
    expect(read(question)).toBeUndefined();
  });

  test.each(["The password:", "Password", "Passwords:"])("%j is none", (line) => {
    expect(read(line, 1)).toBeUndefined();
  });
});

test.each([
  [125, undefined],
  [126, "program-unusable"],
  [127, "program-unusable"],
  [128, undefined],
])("exit status %d without a word: %s", (exit, failure) => {
  expect(of({ exit })).toBe(failure);
  expect(read("Something.", exit)).toBe(failure);
});
