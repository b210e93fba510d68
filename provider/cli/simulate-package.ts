import { parseArgs } from "node:util";
import { makeTaco } from "../../simulator";
import { UsageError, type CliOutput } from "./command";
import { writeGiven } from "./write-given";

/** For the usage line. */
export const packageUsage = "--class CLASS --plugin-version V [--min-version-tableau V] --output FILE.taco";

/** `simulate package`: writes a small sample package, for those who have none at hand. The same options give the same bytes. */
export function simulatePackage(args: readonly string[], output: CliOutput): Promise<number> {
  const values = parse(args);
  const file = required(values, "output");
  if (!file.endsWith(".taco")) throw new UsageError(`--output is "${file}", but must end in .taco: Tableau reads no other file.`);
  const minVersionTableau = values["min-version-tableau"];
  const bytes = makeTaco({
    class: required(values, "class"),
    pluginVersion: required(values, "plugin-version"),
    ...(minVersionTableau === undefined ? {} : { minVersionTableau }),
  });
  writeGiven(file, bytes, "with folders");
  output.out(`${file}\n`);
  return Promise.resolve(0);
}

const options = {
  class: { type: "string" },
  "plugin-version": { type: "string" },
  "min-version-tableau": { type: "string" },
  output: { type: "string" },
} as const;

type Values = { readonly [name in keyof typeof options]?: string };

function parse(args: readonly string[]): Values {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function required(values: Values, name: keyof Values): string {
  const value = values[name];
  if (value === undefined || value === "") {
    throw new UsageError(`--${name} is missing. usage: pulumi-tableau simulate package ${packageUsage}`);
  }
  return value;
}
