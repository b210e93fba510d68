const { availableParallelism } = require("node:os");

const transform = {
  "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } }],
  "\\.sh$": "<rootDir>/scripts/jest-shell-text.cjs",
};

/** Test folders with a project of their own; everything else under tests/ is a unit test, so that none is left out. */
const folders = ["contract", "simulator", "scenarios", "engine", "faults", "wine"];

/** Programs of other languages than TypeScript. */
const languages = ["engine/plugin/languages/", "engine/plugin/moving-over", "engine/plugin/configuration", "engine/examples/languages"];

/** The programs under examples/, each through the real engine. */
const examples = ["engine/examples/(?!languages)"];

/** What Pulumi's SDK decides: how the tests drive the engine, and how an error is shown. */
const sdk = ["engine/harness", "engine/operators", "engine/errors-once"];

/** Of every regular expression, that it takes linear time. */
const linear = ["patterns/linear"];

const longTests = ["<rootDir>/scripts/jest-long-tests.cjs"];

const toRegex = (path) => `/tests/${path}.*\\.test\\.ts$`;

const project = (displayName, rest) => ({
  displayName,
  transform,
  testEnvironment: "node",
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.work/"],
  ...rest,
});

module.exports = {
  // One more than there are cores: tests of engines and nodes wait now and then.
  maxWorkers: availableParallelism() + 1,
  // Only with `npm run test:unit -- --coverage`.
  collectCoverageFrom: ["provider/**/*.ts", "simulator/**/*.ts"],
  projects: [
    // Pure code and parsers: seconds.
    project("unit", {
      testMatch: ["<rootDir>/tests/**/*.test.ts"],
      testPathIgnorePatterns: [...folders.map((folder) => `${folder}/`), ...linear].map((path) => `<rootDir>/tests/${path}`),
      setupFilesAfterEnv: longTests,
    }),
    // The real dynamic-provider server over gRPC.
    project("contract", { testMatch: ["<rootDir>/tests/contract/**/*.test.ts"], setupFilesAfterEnv: longTests }),
    // The simulated cluster itself.
    project("simulator", { testMatch: ["<rootDir>/tests/simulator/**/*.test.ts"], setupFilesAfterEnv: longTests }),
    // The life of the resources, in the engine's order, against the simulated cluster.
    project("scenarios", { testMatch: ["<rootDir>/tests/scenarios/**/*.test.ts"], setupFilesAfterEnv: longTests }),
    // The same with the provider killed, connections cut and faults of every kind; bounded unless it is told to run whole.
    project("faults", { testMatch: ["<rootDir>/tests/faults/**/*.test.ts"], setupFilesAfterEnv: longTests }),
    // Command lines and the local part on Windows programs, in wine.
    project("wine", { testMatch: ["<rootDir>/tests/wine/**/*.test.ts"], setupFilesAfterEnv: longTests }),
    // The real Pulumi engine.
    project("engine", {
      testMatch: ["<rootDir>/tests/engine/**/*.test.ts"],
      testPathIgnorePatterns: [...languages, ...examples, ...sdk].map((path) => `<rootDir>/tests/${path}`),
      setupFilesAfterEnv: longTests,
    }),
    // The same in Python, YAML and Go, which takes what is built in minutes.
    project("languages", { testRegex: languages.map(toRegex), setupFilesAfterEnv: longTests }),
    project("examples", { testRegex: examples.map(toRegex), setupFilesAfterEnv: longTests }),
    // With three versions of Pulumi's SDK in CI.
    project("sdk", { testRegex: sdk.map(toRegex), setupFilesAfterEnv: longTests }),
    project("linear", { testRegex: linear.map(toRegex), setupFilesAfterEnv: longTests }),
  ],
};
