import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Jdk } from "./jdks";

export interface JavaVerdict {
  readonly result: string;
  readonly exitCode: number;
}

/** The only answer that means that a package is good. */
export function verifies({ result, exitCode }: JavaVerdict): boolean {
  return result === "verified" && exitCode === 0;
}

/** A long-running JVM that says what its jarsigner says. */
export class Oracle {
  readonly version: string;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterableIterator<string>;
  /** On standard error: warnings, for the most part. */
  #said = "";

  constructor({ home, version }: Jdk) {
    this.version = version;
    // Where jarsigner ends its process itself (up to JDK 23) the JVM has to allow that to be prevented; later ones do not know the option.
    const allow = Number.parseInt(version, 10) < 24 ? ["-Djava.security.manager=allow"] : [];
    this.#process = spawn(
      join(home, "bin", "java"),
      [
        "-Xmx512m",
        "-Xshare:auto",
        // Compiling better costs more than it gains in a run of some minutes.
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        ...allow,
        "--add-exports=jdk.jartool/sun.security.tools.jarsigner=ALL-UNNAMED",
        join(__dirname, "JarsignerOracle.java"),
      ],
      { env: { ...process.env, LC_ALL: "C", JAVA_TOOL_OPTIONS: undefined, JAVA_HOME: home } },
    );
    this.#process.stderr.setEncoding("utf8").on("data", (text: string) => (this.#said = (this.#said + text).slice(-2000)));
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** What `jarsigner -verify -strict ...` says about a file. Asked one file after the other. */
  async verify(file: string, keystore: string | undefined, password = "changeit"): Promise<JavaVerdict> {
    const store = keystore === undefined ? [] : ["-keystore", keystore, "-storepass", password];
    this.#process.stdin.write(`${[...store, file].join("\t")}\n`);
    const answer = await this.#answers.next();
    const [exitCode = "", result = ""] = String(answer.value ?? "").split("\t");
    if (answer.done === true || result === "") {
      throw new Error(`The JVM of JDK ${this.version} ended while it looked at ${file}. ${this.#said}`);
    }
    return { result, exitCode: Number(exitCode) };
  }

  end(): void {
    this.#process.stdin.end("end\n");
  }
}
