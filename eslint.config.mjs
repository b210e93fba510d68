import js from "@eslint/js";
import jest from "eslint-plugin-jest";
import jsdoc from "eslint-plugin-jsdoc";
import node from "eslint-plugin-n";
import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";

const booleanParameter = {
  selector: ":function > Identifier.params[typeAnnotation.typeAnnotation.type='TSBooleanKeyword']",
  message: "A boolean argument cannot be read where it is passed. Take an option object or a union of words.",
};
const hiddenPattern = {
  selector: ":matches(NewExpression, CallExpression)[callee.name='RegExp']",
  message: "A pattern that is put together at run time cannot be checked for the time that it takes. Write a literal, or compare text.",
};

// A wall clock is set, and a laptop sleeps: a wait that is measured by it ends at once or never.
const wallClock = {
  selector:
    ":matches(CallExpression[callee.object.name='Date'][callee.property.name='now'], NewExpression[callee.name='Date'][arguments.length=0])",
  message: "Wait by systemClock (tsm/clock.ts); for a time that people read, take wallClock().",
};

const spreadArguments = {
  selector: "CallExpression[callee.property.name=/^(push|unshift|max|min|fromCharCode|fromCodePoint)$/] > SpreadElement.arguments",
  message: "Each element becomes an argument on the stack, which overflows for a long list. Go through the elements.",
};

/** Files whose docstrings become the API reference. */
const publicFiles = ["provider/index.ts", "provider/vocabulary/error.ts", "provider/resources/**/*.ts"];

/** What a node says is data: host/ask.ts is the one way from there to everything else. */
const noRawAnswers = [
  {
    selector: "CallExpression[callee.object.name=/^(?:host|initial|source)$/][callee.property.name=/^(?:run|open)$/]",
    message: "Ask a node by ask() or converse() (host/ask.ts), which read its answer as the script declares it.",
  },
  {
    selector: "ImportSpecifier[imported.name='AnswerLine']",
    message: "Lines of an answer are read by ask() or converse() (host/ask.ts) and by nobody else.",
  },
];

export default tseslint.config(
  {
    ignores: [
      "sdk/",
      "plugin/",
      "dist/",
      "examples/",
      "index.ts",
      "coverage/",
      "docs/api/",
      ".work/",
      "**/node_modules/",
      "tests/**/corpus/",
      "tests/**/transcripts/",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: "./tsconfig.test.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-shadow": "error",
      // An async method turns what it throws into a rejection, whether it awaits or not.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // Numbers print as one expects; objects and undefined do not.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true }],
      // Records of parsed answers are read by key all the time; tsconfig's noPropertyAccessFromIndexSignature asks for brackets there.
      "@typescript-eslint/dot-notation": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-dynamic-delete": "off",
      // A class with one static method is not how this code is written; a class with private state and one verb is.
      "@typescript-eslint/no-extraneous-class": "error",
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "max-depth": ["error", 4],
      "max-lines": ["error", { max: 300 }],
      "no-console": "error",
      // Answers of hosts and packages of strangers hold control characters.
      "no-control-regex": "off",
      "no-else-return": "error",
      "no-param-reassign": "error",
      "no-restricted-syntax": ["error", booleanParameter],
      "object-shorthand": "error",
      "prefer-template": "error",
    },
  },
  {
    files: ["provider/**/*.ts", "simulator/**/*.ts"],
    plugins: { n: node, regexp },
    rules: {
      // What nodes, packages, servers and callers send meets these patterns: each takes linear time, whatever comes.
      // tests/patterns/linear.test.ts looks deeper, at the same patterns.
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential" }],
      "no-restricted-syntax": ["error", booleanParameter, hiddenPattern, spreadArguments],
      "n/no-missing-require": "off",
      "n/no-extraneous-import": "error",
      // crc32 came to the supported line of Node 20 with 20.15.
      "n/no-unsupported-features/node-builtins": ["error", { version: ">=20.15.0", ignores: ["zlib.crc32"] }],
      "n/prefer-node-protocol": "error",
    },
  },
  {
    files: ["provider/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", booleanParameter, hiddenPattern, spreadArguments, wallClock] },
  },
  {
    files: ["provider/**/*.ts"],
    // What runs on Windows machines writes lines.
    ignores: ["provider/host/**", "provider/**/windows/**", "provider/**/windows*.ts"],
    rules: { "no-restricted-syntax": ["error", booleanParameter, hiddenPattern, spreadArguments, wallClock, ...noRawAnswers] },
  },
  {
    // Command lines print.
    files: ["provider/cli/**/*.ts", "simulator/**/*.ts", "benchmarks/**/*.ts", "scripts/**/*.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: publicFiles,
    extends: [jsdoc.configs["flat/recommended-typescript-error"]],
    rules: {
      // The words matter, not the tags: types and names stand in the code.
      "jsdoc/require-jsdoc": [
        "error",
        { publicOnly: true, checkConstructors: false, contexts: ["TSInterfaceDeclaration", "TSTypeAliasDeclaration"] },
      ],
      "jsdoc/require-param": "off",
      "jsdoc/require-returns": "off",
      "jsdoc/require-throws-type": "off",
      "jsdoc/tag-lines": ["error", "any", { startLines: 1 }],
    },
  },
  {
    files: ["tests/**/*.ts"],
    plugins: { jest },
    extends: [jest.configs["flat/recommended"]],
    rules: {
      // `expect.any(…)` is of type any.
      "@typescript-eslint/no-unsafe-assignment": "off",
      // Fixtures are taken apart into characters.
      "@typescript-eslint/no-misused-spread": "off",
      "jest/no-export": "off",
      "jest/expect-expect": ["error", { assertFunctionNames: ["expect", "expect*", "fc.assert", "assert*"] }],
      // A test may hold its assertions in helpers, and a table may carry a condition per row.
      "jest/no-conditional-expect": "off",
      "jest/no-standalone-expect": [
        "error",
        { additionalTestBlockFunctions: ["testEachWay", "afterAll", "afterEach", "beforeAll", "beforeEach"] },
      ],
      "jest/no-focused-tests": "error",
      "jest/valid-title": "off",
      // Skipped tests say why in their name, and `npm test` lists them.
      "jest/no-disabled-tests": "off",
    },
  },
  {
    // What registers tests of others: it holds no expectation of its own, and skips with a reason.
    files: ["tests/**/support/**/*.ts"],
    rules: { "jest/expect-expect": "off", "jest/no-disabled-tests": "off" },
  },
  {
    files: ["**/*.mjs", "**/*.cjs", "**/*.js"],
    plugins: { n: node },
    languageOptions: {
      ecmaVersion: 2023,
      globals: {
        process: "readonly",
        console: "readonly",
        Buffer: "readonly",
        setInterval: "readonly",
        clearInterval: "readonly",
        URL: "readonly",
      },
    },
    rules: { "n/prefer-node-protocol": "error", "no-unused-vars": ["error", { argsIgnorePattern: "^_" }] },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: {
      sourceType: "commonjs",
      globals: { require: "readonly", module: "writable", exports: "writable", __dirname: "readonly", jest: "readonly" },
    },
  },
  {
    // Programs of users, each with its own packages and its own compiler settings; they are compiled by `npm run examples-check`.
    ignores: ["examples/"],
  },
);
