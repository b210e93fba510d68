import { constrains, Incomparable } from "./constrains";
import type { GeneralName } from "./general-name";

/**
 * Lists of bases, put together as Java's GeneralSubtrees does, its oddities included: it keeps less of what two issuers both permit than RFC 5280
 * asks for. What it takes away it takes away here too.
 */
type Subtrees = readonly GeneralName[];

/** Without bases that another one of the list covers. */
function minimize(list: Subtrees): GeneralName[] {
  const left = [...list];
  for (let at = 0; at < left.length; at++) {
    for (let next = at + 1; next < left.length; next++) {
      const relation = constrains(item(left, at), item(left, next));
      if (relation === "narrows") {
        left.splice(next--, 1);
      } else if (relation === "match" || relation === "widens") {
        left.splice(at--, 1);
        break;
      }
    }
  }
  return left;
}

export function union(one: Subtrees, other: Subtrees): GeneralName[] {
  return minimize([...one, ...other]);
}

/** What both lists permit, and what is excluded because they have nothing in common. */
export function intersect(one: Subtrees, other: Subtrees): { readonly permitted: GeneralName[]; readonly excluded: GeneralName[] } {
  if (one.length === 0) {
    return { permitted: union(one, other), excluded: [] };
  }
  const own = minimize(one);
  const others = minimize(other);
  const narrower: GeneralName[] = [];
  const excluded: GeneralName[] = [];
  for (let at = 0; at < own.length; at++) {
    const base = item(own, at);
    const found = narrowing(base, others);
    if (found === "beside") {
      const common = own.some((two) => two.kind === base.kind && others.some((three) => meet(two, three)));
      if (!common) {
        excluded.push(widest(base));
      }
      own.splice(at--, 1);
    } else if (found !== undefined) {
      own.splice(at--, 1);
      narrower.push(found);
    }
  }
  const permitted = union(own, narrower);
  for (const base of others) {
    if (permitted.length > 0 && permitted.every((two) => constrains(two, base) === "other-kind")) {
      permitted.push(base);
    }
  }
  return { permitted, excluded };
}

/** Permitted bases that are not excluded as a whole. */
export function reduce(permitted: Subtrees, excluded: Subtrees): GeneralName[] {
  return permitted.filter((base) => !excluded.some((other) => ["match", "narrows"].includes(constrains(other, base))));
}

/** The base of the others that narrows this one; `beside` where those of its kind are all beside it. The first relation that decides counts. */
function narrowing(base: GeneralName, others: Subtrees): GeneralName | "beside" | undefined {
  let found: "beside" | undefined;
  for (const other of others) {
    const relation = constrains(base, other);
    if (relation === "narrows") {
      return other;
    }
    if (relation === "match" || relation === "widens") {
      return undefined;
    }
    if (relation === "same-kind") {
      found = "beside";
    }
  }
  return found;
}

function meet(one: GeneralName, other: GeneralName): boolean {
  return ["match", "widens", "narrows"].includes(constrains(one, other));
}

/** The base that covers every name of its kind. Java can make one for directory names alone, and fails for the others. */
function widest({ kind }: GeneralName): GeneralName {
  if (kind !== "directory") {
    throw new Incomparable("issuers that permit nothing in common");
  }
  return { kind, name: { canonical: "", parts: [], text: "", attributes: [] } };
}

function item(list: Subtrees, index: number): GeneralName {
  const found = list[index];
  if (found === undefined) {
    throw new Incomparable("a list that ended too early");
  }
  return found;
}
