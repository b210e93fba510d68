import { cpSync, existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Backend } from "./backend";
import { Stack, type StackOptions } from "./stack";

export interface ProjectOptions {
  /** Name in `Pulumi.yaml`; default `test`. A copied folder keeps its own. */
  readonly name?: string;
  /** Text of `index.ts`. */
  readonly program?: string;
  /** A folder to copy, for example `examples/quickstart`; its `index.ts` runs unchanged. */
  readonly copyOf?: string;
  /** A folder to work in as it is, instead of a new one; it is not removed. */
  readonly directory?: string;
  /** Default: a backend of its own. */
  readonly backend?: Backend;
}

/** For programs that a language host compiles; what every example has. */
const compilerOptions = { strict: true, target: "ES2022", module: "nodenext", moduleResolution: "nodenext", types: ["node"] };

/** A Pulumi project in a folder of its own, from which the program and the provider process resolve their modules. */
export class Project {
  readonly name: string;
  readonly directory: string;
  readonly backend: Backend;

  constructor(options: ProjectOptions) {
    this.name = options.name ?? "test";
    this.backend = options.backend ?? new Backend();
    this.directory = options.directory ?? mkdtempSync(join(this.backend.directory, `${basename(options.copyOf ?? "program")}-`));
    if (options.copyOf !== undefined) cpSync(options.copyOf, this.directory, { recursive: true, filter: isSource });
    if (options.program !== undefined) this.write("index.ts", options.program);
    // Without `main` the language host takes that of the nearest package.json, which is the library's own.
    this.#writeIfMissing("Pulumi.yaml", `name: ${this.name}\nruntime: nodejs\nmain: index.ts\n`);
    this.#writeIfMissing("tsconfig.json", JSON.stringify({ compilerOptions }));
  }

  /** Writes a file of the program; a new `index.ts` is a changed program. */
  write(file: string, content: string | Uint8Array): void {
    writeFileSync(join(this.directory, file), content);
  }

  stack(name: string, options: StackOptions = {}): Stack {
    return new Stack(this, name, options);
  }

  /** Removes the project and its whole backend. */
  remove(): void {
    this.backend.remove();
  }

  #writeIfMissing(file: string, content: string): void {
    if (!existsSync(join(this.directory, file))) this.write(file, content);
  }
}

function isSource(path: string): boolean {
  return !["node_modules", "dist", ".git"].includes(basename(path));
}
