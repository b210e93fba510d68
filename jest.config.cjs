const transform = {
  "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } }],
};
const project = (displayName, testMatch, rest = {}) => ({
  displayName,
  testMatch,
  transform,
  testEnvironment: "node",
  extensionsToTreatAsEsm: [],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.work/"],
  ...rest,
});

module.exports = {
  projects: [
    // Pure code and parsers: seconds.
    project("unit", ["<rootDir>/tests/{host,tsm,plan,taco,signature,lifecycle,resources,cli,deploy}/**/*.test.ts", "<rootDir>/tests/*.test.ts"]),
    // The real dynamic-provider server over gRPC, and provider code against the simulator.
    project("contract", ["<rootDir>/tests/contract/**/*.test.ts"]),
    project("simulator", ["<rootDir>/tests/simulator/**/*.test.ts"]),
    // The real Pulumi engine.
    project("engine", ["<rootDir>/tests/engine/**/*.test.ts"]),
  ],
};
