import { isSelfIssued } from "./certificate";
import type { Certificate } from "./certificate";

const anyPolicy = "2.5.29.32.0";

/**
 * Why the policies of a path are not acceptable (RFC 5280, 6.1, with any policy as the wanted one); undefined if they are.
 *
 * Mappings are not followed: where they would matter, because a policy is demanded, the path is refused.
 *
 * @param path from the anchor's issue down to the signer.
 */
export function policyProblem(path: readonly Certificate[]): string | undefined {
  let explicit = path.length + 1;
  let inhibitAny = path.length + 1;
  let valid: ReadonlySet<string> | "any" | undefined = "any";
  let mapped = false;
  for (const [index, certificate] of path.entries()) {
    const { policies, policyConstraints, inhibitAnyPolicy, policyMappings, critical } = certificate.extensions;
    const last = index === path.length - 1;
    if (valid !== undefined && policies?.qualified === true && critical.has("2.5.29.32")) {
      return "a critical policy with qualifiers";
    }
    valid = intersect(valid, policies?.ids, inhibitAny > 0 || (!last && isSelfIssued(certificate)) ? "any" : "nothing");
    mapped ||= policyMappings === true;
    if (!isSelfIssued(certificate)) {
      explicit = Math.max(0, explicit - 1);
      inhibitAny = Math.max(0, inhibitAny - 1);
    }
    const demanded = policyConstraints?.requireExplicit;
    explicit = demanded === undefined || (last && demanded !== 0) ? explicit : Math.min(explicit, demanded);
    inhibitAny = Math.min(inhibitAny, inhibitAnyPolicy ?? inhibitAny);
    if (explicit === 0 && (valid === undefined || mapped)) {
      return "a policy is demanded that the chain does not carry";
    }
  }
  return undefined;
}

function intersect(
  valid: ReadonlySet<string> | "any" | undefined,
  ids: readonly string[] | undefined,
  anyPolicyIs: "any" | "nothing",
): ReadonlySet<string> | "any" | undefined {
  if (valid === undefined || ids === undefined || ids.length === 0) {
    return undefined;
  }
  if (ids.includes(anyPolicy) && anyPolicyIs === "any") {
    return valid;
  }
  const named = ids.filter((id) => id !== anyPolicy && (valid === "any" || valid.has(id)));
  return named.length === 0 ? undefined : new Set(named);
}
