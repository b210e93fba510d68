// `node --require scripts/typescript-hook.cjs file.ts`: runs TypeScript as it is, without type checks. The compiler is this repository's,
// wherever the program lies: a user's own folder has none.
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { transformSync } = require("@swc/core");

Module._extensions[".ts"] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, "utf8"), {
    filename,
    swcrc: false,
    sourceMaps: "inline",
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs", ignoreDynamic: true },
  });
  module._compile(code, filename);
};

// A shell script is the text that is sent to a node.
Module._extensions[".sh"] = (module, filename) => {
  module.exports = { __esModule: true, default: readFileSync(filename, "utf8") };
};
