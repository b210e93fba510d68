import type { PublicKey } from "../crypto/public-key";

/** What an algorithm is used for, when and with which keys. */
export interface Use {
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly keys: readonly PublicKey[];
  readonly purpose: "signed-jar" | "generic";
  /** Whether the chain ends in an anchor that comes with the JDK. */
  readonly jdkAnchor: boolean;
}

/** A list of disabled algorithms, in the syntax of `jdk.certpath.disabledAlgorithms` in java.security. */
export interface Constraints {
  /**
   * Why an algorithm may not be used; undefined if it may. Its parts (digest, key algorithm) count as well.
   *
   * @param keys whether the keys of the use are judged too.
   */
  disabled(algorithm: string, use: Use, keys: "with-keys" | "algorithm-only"): string | undefined;
  /** Why a key may not be used whatever for; undefined if it may. */
  disabledKey(key: PublicKey): string | undefined;
}

type Condition = (use: Use) => boolean;
interface Rule {
  readonly algorithm: string;
  readonly text: string;
  readonly conditions: readonly Condition[];
  readonly keySize: ((key: PublicKey) => boolean) | undefined;
}

/**
 * @throws Error with one sentence if the list cannot be understood: then nothing may be accepted by it.
 */
export function parseConstraints(property: string): Constraints {
  const rules = property
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "" && !/^include\s/i.test(entry))
    .map(parseRule);
  const byAlgorithm = (name: string): Rule[] => rules.filter(({ algorithm }) => algorithm === normalize(name));
  return {
    disabled: (algorithm, use, keys) => {
      const names = new Set([algorithm, ...decompose(algorithm), ...(keys === "with-keys" ? use.keys.flatMap(keyNames) : [])]);
      const matching = [...names].flatMap(byAlgorithm).filter((rule) => keys === "with-keys" || rule.keySize === undefined);
      return matching.find((rule) => rule.conditions.every((holds) => holds(use)))?.text;
    },
    disabledKey: (key) =>
      keyNames(key)
        .flatMap(byAlgorithm)
        .find((rule) => rule.conditions.length === 0 || (rule.conditions.length === 1 && rule.keySize?.(key) === true))?.text,
  };
}

function keyNames(key: PublicKey): string[] {
  return [key.algorithm, ...(key.curve === undefined ? [] : [key.curve])];
}

function parseRule(text: string): Rule {
  const [algorithm = "", ...words] = text.split(/\s+/);
  const clauses = words.length === 0 ? [] : words.join(" ").split("&");
  const parsed = clauses.map((clause) => parseClause(clause.trim(), normalize(algorithm), text));
  return {
    algorithm: normalize(algorithm),
    text,
    conditions: parsed.map(({ condition }) => condition),
    keySize: parsed.find(({ keySize }) => keySize !== undefined)?.keySize,
  };
}

interface Clause {
  readonly condition: Condition;
  readonly keySize?: (key: PublicKey) => boolean;
}

function parseClause(clause: string, algorithm: string, rule: string): Clause {
  const size = /^keySize (==|!=|<=|>=|<|>) (\d+)$/.exec(clause);
  if (size !== null) {
    const limit = Number(size[2]);
    const compare = comparisons[size[1] ?? ""] ?? ((): boolean => true);
    const keySize = (key: PublicKey): boolean =>
      normalize(key.algorithm) === algorithm && key.size !== undefined && (key.size === 0 || compare(key.size, limit));
    return { keySize, condition: (use) => use.keys.some(keySize) };
  }
  const after = /^denyAfter (\d{4})-(\d\d)-(\d\d)$/.exec(clause);
  if (after !== null) {
    const date = Date.UTC(Number(after[1]), Number(after[2]) - 1, Number(after[3]));
    return { condition: (use) => use.date >= date };
  }
  if (/^jdkCA$/i.test(clause)) {
    return { condition: (use) => use.jdkAnchor };
  }
  const usage = /^usage (.+)$/.exec(clause)?.[1]?.toLowerCase().split(" ");
  if (usage !== undefined) {
    return { condition: (use) => usage.includes("signedjar") && use.purpose === "signed-jar" };
  }
  throw new Error(`The disabled algorithm ${JSON.stringify(rule)} has a condition that is not known: ${JSON.stringify(clause)}.`);
}

const comparisons: Readonly<Record<string, (size: number, limit: number) => boolean>> = {
  "==": (size, limit) => size === limit,
  "!=": (size, limit) => size !== limit,
  "<": (size, limit) => size < limit,
  "<=": (size, limit) => size <= limit,
  ">": (size, limit) => size > limit,
  ">=": (size, limit) => size >= limit,
};

/** `SHA256withRSA` consists of `SHA256` and `RSA`; `SHA-256` is `SHA256`. */
function decompose(algorithm: string): string[] {
  return algorithm
    .split("/")
    .flatMap((part) => part.split(/with|and/i))
    .filter((part) => part !== "");
}

function normalize(name: string): string {
  return name.replace(/-/g, "").toUpperCase();
}
