import { jdk17 } from "../policy/jdk17";
import type { DisabledAlgorithms } from "../policy/jdk17";

const names = {
  jar: "jdk.jar.disabledAlgorithms",
  certPath: "jdk.certpath.disabledAlgorithms",
  legacy: "jdk.security.legacyAlgorithms",
} as const;

/**
 * Takes the lists of disabled algorithms from the text of a JRE's `java.security`; those of JDK 17 where it has none.
 *
 * Lines are joined at a trailing backslash (java.util.Properties).
 */
export function readJavaSecurity(text: string): DisabledAlgorithms {
  const lines = text.replace(/\\\r?\n[ \t]*/g, "").split(/\r?\n/);
  const find = (name: string): string | undefined => {
    const line = lines.filter((candidate) => candidate.trimStart().startsWith(`${name}=`)).at(-1);
    return line?.slice(line.indexOf("=") + 1).trim();
  };
  return {
    jar: find(names.jar) ?? jdk17.jar,
    certPath: find(names.certPath) ?? jdk17.certPath,
    legacy: find(names.legacy) ?? jdk17.legacy,
  };
}
