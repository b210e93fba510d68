import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface JavaVerdict {
  readonly result: string;
  readonly exitCode: number;
}

/** A long-running JVM (of JDK 17) that says what jarsigner says. */
export class Oracle {
  readonly version: string;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterableIterator<string>;

  /** @param home of the JDK; default: the one on PATH. */
  constructor(home?: string) {
    const java = home === undefined ? "java" : join(home, "bin", "java");
    this.version = javaVersion(java);
    this.#process = spawn(
      java,
      [
        "-Xmx512m",
        "-Xshare:auto",
        "-Djava.security.manager=allow",
        "--add-exports=jdk.jartool/sun.security.tools.jarsigner=ALL-UNNAMED",
        join(__dirname, "JarsignerOracle.java"),
      ],
      { env: { ...process.env, LC_ALL: "C", JAVA_TOOL_OPTIONS: undefined, JAVA_HOME: home ?? process.env["JAVA_HOME"] } },
    );
    this.#process.stderr.pipe(process.stderr);
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** What `jarsigner -verify -strict ...` says about a file. */
  async verify(file: string, keystore: string | undefined, password = "changeit"): Promise<JavaVerdict> {
    const store = keystore === undefined ? [] : ["-keystore", keystore, "-storepass", password];
    this.#process.stdin.write(`${[...store, file].join("\t")}\n`);
    const answer = await this.#answers.next();
    const [exitCode = "", result = ""] = String(answer.value ?? "").split("\t");
    if (answer.done === true || result === "") {
      throw new Error(`The JVM ended while it looked at ${file}.`);
    }
    return { result, exitCode: Number(exitCode) };
  }

  end(): void {
    this.#process.stdin.end("end\n");
  }
}

function javaVersion(java: string): string {
  const text = execFileSync(java, ["-XshowSettings:properties", "-version"], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  return /java\.version = (\S+)/.exec(text)?.[1] ?? execFileSync(java, ["--version"], { encoding: "utf8" }).split(/\s+/)[1] ?? "unknown";
}
