import { isAlias } from "../vocabulary/alias";
import { hostAddress } from "../vocabulary/host-address";
import { printableLine } from "../vocabulary/printable";
import { isVersion } from "../vocabulary/version";
import { windowsNameProblem } from "../vocabulary/windows-name";
import { describe } from "./failures";
import type { Rule } from "./field";

const digest = /^[0-9a-f]{64}$/;

/** The digest that an argument pins. */
export const pin: Rule<string> = {
  says: "64 lower-case hexadecimal digits",
  reasons: (value) => (digest.test(value) ? [] : [`expected 64 lower-case hexadecimal digits, got ${JSON.stringify(value)}`]),
};

/** The digest of what a config lists. */
export const listedDigest: Rule<string> = {
  says: "64 lower-case hexadecimal digits",
  reasons: (value) => (digest.test(value) ? [] : ["expected 64 lower-case hexadecimal digits"]),
};

/** A secret that is passed on as one line. */
export const oneLine: Rule<string> = {
  says: "one line",
  reasons: (value) => (/[\r\n]/.test(value) ? ["expected one line: it has a line end in it"] : []),
};

/** The name of a certificate in trust stores. */
export const aliasOfCertificate: Rule<string> = {
  says: "1 to 128 lower-case letters, digits, blanks and ._()-, the first a letter or digit",
  reasons: (value) =>
    isAlias(value)
      ? []
      : [
          `expected 1 to 128 lower-case letters, digits, blanks and ._()-, the first a letter or digit, got ${JSON.stringify(value.slice(0, 200))}`,
        ],
};

/** A release of a Tableau product. */
export const release: Rule<string> = {
  says: 'a release such as "2024.2"',
  reasons: (value) => (isRelease(value) ? [] : [`expected a release such as "2024.2", got ${JSON.stringify(value.slice(0, 60))}`]),
};

/** The release that a program gives, such as "2024.2"; null where it is unknown, absent or none. */
export function releaseIn(value: string | undefined): string | null {
  return value !== undefined && isRelease(value) ? value : null;
}

function isRelease(value: string): boolean {
  return isVersion(value) && /^\d{4}\.\d/.test(value);
}

/** What stands where a host belongs. */
export const host: Rule<string> = {
  says: "a host name or address",
  reasons: (value) => {
    const address = hostAddress(value);
    return "fault" in address ? [address.fault] : [];
  },
};

/** A number up to a limit. */
export function atMost(most: number): Rule<number> {
  return { says: `at most ${String(most)}`, reasons: (value) => (value > most ? [`expected at most ${String(most)}`] : []) };
}

/** An absolute path on a node, not the root itself. */
export const pathOnNode: Rule<string> = {
  says: "an absolute path on the node",
  reasons: (path, system) => {
    if (system === "windows") {
      const problem = windowsPathProblem(path);
      return problem === null ? [] : [`${problem}, got ${describe(path)}`];
    }
    const reasons: string[] = [];
    if (!path.startsWith("/") || /^\/+$/.test(path)) {
      reasons.push(`expected an absolute path on the node such as "/opt/tableau/connectors", got ${describe(path)}`);
    }
    // tsm cannot take a line end, and its answers do not show a blank at an end.
    if (/[\r\n]/.test(path)) reasons.push("has a line end in it, which tsm cannot take");
    else if (printableLine(path) !== path) {
      reasons.push(`expected a path without control characters and others that cannot be seen, got ${describe(path)}`);
    } else if (path !== path.trim()) reasons.push(`expected a path without a blank at its end, got ${describe(path)}`);
    if (path.split("/").includes("..")) reasons.push(`expected a path without "..", got ${describe(path)}`);
    return reasons;
  },
};

/** A folder on a person's machine. */
export const folderOnMachine: Rule<string> = {
  says: 'an absolute path on the machine, or one that begins with "~/"',
  reasons: (path) => {
    const reasons: string[] = [];
    const absolute = /^(\/|~\/|[A-Za-z]:[\\/]|\\\\[^\\])/.test(path);
    if (!absolute || /^(\/+|[A-Za-z]:[\\/])$/.test(path)) {
      reasons.push(`expected an absolute path on the machine, or one that begins with "~/", got ${JSON.stringify(path)}`);
    }
    if (/[\r\n]/.test(path)) reasons.push("has a line end in it");
    if (path.split(/[\\/]/).includes("..")) reasons.push(`expected a path without "..", got ${JSON.stringify(path)}`);
    return reasons;
  },
};

/** Why a text is no path of a folder or file on a Windows node, as the beginning of a sentence; null: it is one. */
export function windowsPathProblem(path: string): string | null {
  const rest = /^[A-Za-z]:[\\/](.*)/s.exec(path)?.[1] ?? "";
  const names = rest.split(/[\\/]/).filter((name) => name !== "");
  if (names.length === 0) {
    return 'expected an absolute path on the node, with its drive, such as "C:\\\\Program Files\\\\Tableau\\\\Connectors"';
  }
  if (names.includes("..") || names.includes(".")) return 'expected a path without "." and ".."';
  // tsm.cmd is a batch file, which may take it for a variable.
  if (path.includes("%")) return "expected a path without a percent sign, which tsm.cmd cannot take";
  const problem = names.map(windowsNameProblem).find((one) => one !== null);
  return problem === undefined ? null : `expected a path that Windows can have: ${problem}`;
}
