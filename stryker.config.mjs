// How code is mutated and tested by `npm run mutants`; scripts/mutants.mjs says which files and which tests.
export default {
  testRunner: "jest",
  plugins: ["@stryker-mutator/jest-runner"],
  jest: { projectType: "custom", configFile: "scripts/jest-mutants.cjs", enableFindRelatedTests: true },
  coverageAnalysis: "perTest",
  // What a sentence says is for readers to judge; what a program compares is an equality, which is mutated.
  mutator: { excludedMutations: ["StringLiteral"] },
  // The types are not asked while tests run, so nothing has to be taken out of the files.
  disableTypeChecks: false,
  ignorePatterns: ["dist", "coverage", "docs", "examples", "benchmarks", ".work"],
  // Each test file that jest has run leaves something behind that slows every promise after it down (an AsyncLocalStorage of jest-circus).
  maxTestRunnerReuse: 40,
  concurrency: 1,
  reporters: ["progress-append-only"],
  logLevel: "warn",
  thresholds: { break: null },
};
