// The unit tests as Stryker runs them, which knows no projects; which folder they are of is said by scripts/mutants.mjs.
const { projects } = require("../jest.config.cjs");

const { transform, testEnvironment, modulePathIgnorePatterns, testPathIgnorePatterns } = projects.find(
  ({ displayName }) => displayName === "unit",
);

module.exports = {
  rootDir: "..",
  transform,
  testEnvironment,
  modulePathIgnorePatterns,
  // A mutant is tried by every test that reaches it: properties of a whole room, and scripts in every shell, would take seconds each time,
  // and are no substitute for the cases beside a rule.
  testPathIgnorePatterns: [...testPathIgnorePatterns, "\\.(property|shell)\\.test\\.ts$"],
};
