// Lets a child process of a test load TypeScript: `node --require .../register-typescript.cjs file.ts`.
const { readFileSync } = require("node:fs");
const { transformSync } = require("@swc/core");

require.extensions[".ts"] = (module, filename) => {
  const jsc = { parser: { syntax: "typescript" }, target: "es2022" };
  const { code } = transformSync(readFileSync(filename, "utf8"), { filename, jsc, module: { type: "commonjs" } });
  module._compile(code, filename);
};
