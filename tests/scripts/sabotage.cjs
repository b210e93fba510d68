// `node --require tests/scripts/sabotage.cjs`: files and programs fail for this repository's own code, from the call on that SABOTAGE_FROM
// counts, or in the function that SABOTAGE_CALL names when a file whose path contains SABOTAGE_IN calls it.
const fs = require("node:fs");
const promises = require("node:fs/promises");
const childProcess = require("node:child_process");
const { syncBuiltinESMExports } = require("node:module");
const { join } = require("node:path");

const root = join(__dirname, "..", "..");
const { SABOTAGE_FROM, SABOTAGE_CALL, SABOTAGE_IN = "" } = process.env;
let calls = 0;

for (const library of [fs, promises, childProcess]) {
  for (const [name, original] of Object.entries(library)) {
    // Classes begin with a capital letter.
    if (typeof original !== "function" || !/^[a-z]/.test(name)) continue;
    library[name] = Object.assign(function (...args) {
      if (isDue(name)) throw new Error(`sabotaged ${name}`);
      return original.apply(this, args);
    }, original);
  }
}
syncBuiltinESMExports();

function isDue(name) {
  // 0: the error's own line, 1: here, 2: the replacement, 3: who called it.
  const caller = new Error().stack?.split("\n")[3] ?? "";
  if (!caller.includes(root) || caller.includes("node_modules") || !caller.includes(SABOTAGE_IN)) return false;
  if (SABOTAGE_CALL !== undefined && name !== SABOTAGE_CALL) return false;
  calls += 1;
  return calls >= Number(SABOTAGE_FROM ?? 1);
}
