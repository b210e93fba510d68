// Who may know whom: docs/design.md, "Rooms". Everything that is not allowed here is forbidden.
const vocabulary = "^provider/vocabulary/";
const room = (...names) => `^provider/(${names.join("|")})/`;

/** A room may import itself, provider/vocabulary, and what is listed. */
const mayImport = (name, allowed, comment) => ({
  name: `${name}-imports`,
  comment,
  severity: "error",
  from: { path: room(name) },
  to: { path: "^(provider|simulator)/", pathNot: [room(name), vocabulary, ...allowed] },
});

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      comment: "Two files that know each other are one, of types too: who reads the one has to read the other.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment: "A file that nobody imports and that imports nobody has no place.",
      severity: "error",
      from: { orphan: true, pathNot: ["\\.d\\.ts$", "^provider/(index|runtime|cli/main|plugin/main)\\.ts$"] },
      to: {},
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "vocabulary-is-a-leaf",
      comment: "The words that every room uses: it may be imported from everywhere, so it imports nothing else.",
      severity: "error",
      from: { path: vocabulary },
      to: { path: "^(provider|simulator)/", pathNot: vocabulary },
    },
    mayImport("schema", [room("plan")], "The tables of arguments and outputs, and what reads by them; of the plan only types."),
    {
      name: "schema-imports-types-of-plan-only",
      severity: "error",
      from: { path: room("schema") },
      to: { path: room("plan"), dependencyTypesNot: ["type-only"] },
    },
    mayImport("taco", [], "Reads a package; takes values and returns values."),
    mayImport("signature", [room("taco")], "Verifies a package; knows how to read one and nothing else."),
    mayImport("plan", [], "Desired and seen to steps: pure."),
    mayImport("host", [], "A node; knows nothing of Tableau."),
    mayImport("tsm", [room("host")], "Command lines and answers; the host is only the runner's type."),
    mayImport("actions", [room("plan", "tsm", "host")], "What is done on a node, one folder for each thing."),
    mayImport("machine", [room("actions", "plan", "tsm", "host")], "A person's machine: its plan and what is done on it."),
    mayImport("activation", [room("actions", "plan", "tsm", "host")], "Carries a plan out on a server and looks again."),
    mayImport(
      "lifecycle",
      [room("schema", "activation", "actions", "machine", "plan", "tsm", "host", "taco", "signature")],
      "Check, diff, create, read, update, delete; free of pulumi.dynamic types.",
    ),
    mayImport(
      "engine",
      [room("schema", "lifecycle"), "^provider/host/(pool|index)\\.ts$"],
      "What the Pulumi engine sees: the provider text, the calls of its provider process, its log; and that process, with its pool of connections.",
    ),
    mayImport("plugin", [room("schema", "lifecycle", "engine")], "The other front door: the calls of a provider plugin."),
    {
      name: "resources-imports",
      comment:
        "What a program touches: argument types, the tables and the constant provider text. Of other rooms only types, which leave no trace.",
      severity: "error",
      from: { path: room("resources") },
      to: {
        path: "^(provider|simulator)/",
        pathNot: [room("resources", "schema"), vocabulary, "^provider/engine/provider-text\\.ts$"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "resources-import-types-of-lifecycle-only",
      severity: "error",
      from: { path: room("resources") },
      to: { path: room("host", "tsm", "activation", "actions", "machine", "taco", "signature", "cli") },
    },
    {
      name: "command-line-imports",
      severity: "error",
      from: { path: room("cli"), pathNot: "^provider/cli/simulate" },
      to: { path: ["^simulator/", room("resources")] },
    },
    {
      name: "nobody-imports-the-command-line",
      severity: "error",
      from: { pathNot: room("cli") },
      to: { path: room("cli") },
    },
    {
      name: "entries-are-ends",
      comment: "index.ts and runtime.ts are for those outside.",
      severity: "error",
      from: { path: "^(provider|simulator)/" },
      to: { path: "^provider/(index|runtime)\\.ts$" },
    },
    {
      name: "index-imports",
      comment: "The public API is what the resources, the package functions and the errors offer.",
      severity: "error",
      from: { path: "^provider/index\\.ts$" },
      to: {
        path: "^(provider|simulator)/",
        pathNot: [room("resources", "taco", "signature", "lifecycle"), "^provider/machine/plan/", vocabulary],
      },
    },
    {
      name: "runtime-imports",
      comment: "It puts the pieces together: what is served, by whom, and the one pool of connections.",
      severity: "error",
      from: { path: "^provider/runtime\\.ts$" },
      to: { path: "^(provider|simulator)/", pathNot: [room("lifecycle", "engine"), vocabulary] },
    },
    {
      name: "simulator-stands-alone",
      comment: "It plays the server, so it must not share the provider's mistakes.",
      severity: "error",
      from: { path: "^simulator/" },
      to: { path: "^provider/", pathNot: vocabulary },
    },
    {
      name: "only-host-does-io",
      comment: "provider/cli prints and starts the simulator; taco and signature may read a file that a caller names by its path.",
      severity: "error",
      // The engine's connection tells when it is gone. The net of host addresses and of the signature is for `isIP`, which asks nobody.
      from: {
        path: "^provider/",
        pathNot: [
          room("host", "cli"),
          "^provider/(vocabulary/host-address|engine/watch-engine)\\.ts$",
          "^provider/signature/x509/host-name\\.ts$",
        ],
      },
      to: { path: "^(node:)?(child_process|net|tls|dgram|http2|cluster|worker_threads)$|node_modules/ssh2/" },
    },
    {
      name: "files-are-read-by-few",
      severity: "error",
      from: {
        path: "^provider/",
        pathNot: [room("host", "cli", "taco", "signature", "lifecycle"), "^provider/vocabulary/read-limited\\.ts$"],
      },
      to: { path: "^(node:)?(fs|fs/promises|https|http)$" },
    },
    {
      name: "pure-rooms",
      comment: "A plan is a function of what is wanted, seen and chosen: no clock, no machine.",
      severity: "error",
      from: { path: ["^provider/machine/plan/", room("plan")] },
      to: { dependencyTypes: ["core", "npm", "npm-dev", "npm-peer"], pathNot: "^(node:)?util$" },
    },
    {
      name: "ships-what-it-needs",
      comment: "@pulumi/pulumi is a peer: it comes with the user's program. The plugin is one file that has everything inside.",
      severity: "error",
      from: { path: "^(provider|simulator)/", pathNot: room("plugin") },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["type-only"],
        pathNot: "node_modules/(@types|@pulumi/pulumi)/",
      },
    },
    { name: "no-deprecated", severity: "error", from: {}, to: { dependencyTypes: ["deprecated"] } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { conditionNames: ["require", "node", "types", "default"], exportsFields: ["exports"] },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
