import { existsSync, readFileSync, readdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A JDK on this machine. */
export interface Jdk {
  readonly home: string;
  /** Such as `17.0.21.1`. */
  readonly version: string;
}

/** Where JDKs lie: those of Debian's packages, those that `scripts/signature/get-jdks.sh` fetched, and the one of JAVA_HOME. */
const folders = ["/usr/lib/jvm", join(homedir(), ".cache", "pulumi-tableau", "jdks")];

/** The JDKs of this machine, the oldest first; each version once. */
export function findJdks(): readonly Jdk[] {
  const homes = [
    ...(process.env["JAVA_HOME"] === undefined ? [] : [process.env["JAVA_HOME"]]),
    ...folders.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))),
  ];
  const found = new Map<string, Jdk>();
  for (const home of homes) {
    const version = versionOf(home);
    if (version !== undefined && existsSync(join(home, "bin", "jarsigner"))) {
      found.set(version, found.get(version) ?? { home: realpathSync(home), version });
    }
  }
  return [...found.values()].sort((one, other) => compareVersions(one.version, other.version));
}

/** The newest JDK 17, whose verdicts the corpus records; the oldest of another version where there is none. */
export function referenceJdk(jdks: readonly Jdk[]): Jdk {
  const chosen = jdks.filter(({ version }) => version.startsWith("17.")).at(-1) ?? jdks[0];
  if (chosen === undefined) {
    throw new Error("No JDK was found in JAVA_HOME or /usr/lib/jvm. Install one (openjdk-17-jdk-headless) and retry.");
  }
  return chosen;
}

export function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split(".").map(Number)) as [number[], number[]];
  const differing = Array.from({ length: Math.max(left.length, right.length) }, (_, at) => (left[at] ?? 0) - (right[at] ?? 0));
  return differing.find((difference) => difference !== 0) ?? 0;
}

function versionOf(home: string): string | undefined {
  try {
    return /^JAVA_VERSION="([\d.]+)/m.exec(readFileSync(join(home, "release"), "utf8"))?.[1];
  } catch {
    return undefined;
  }
}
