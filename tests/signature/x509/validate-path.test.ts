import type { Constraints } from "../../../provider/signature/policy/constraints";
import type { Anchor } from "../../../provider/signature/trust/trust-anchors";
import { parseCertificate } from "../../../provider/signature/x509/certificate";
import { type PathRules, validatePath } from "../../../provider/signature/x509/validate-path";
import { type CertificateSpec, extension, type Issued, issue, name, usages } from "../../../scripts/signature/build/certificates";
import { context, implicit, integer, nullValue, oid, sequence } from "../../../scripts/signature/build/der";

const at = Date.UTC(2026, 10, 24);
const disabled = (): undefined => undefined;
const anything: PathRules = { constraints: { disabled, disabledKey: disabled }, blocked: new Set(), date: at, algorithmDate: at };

const policies = (...ids: readonly string[]): Buffer => extension("2.5.29.32", sequence(...ids.map((id) => sequence(oid(id)))));
const requiring = (skipped: number): Buffer => extension("2.5.29.36", sequence(implicit(0, Buffer.from([skipped]))), "critical");
const inhibiting = (skipped: number): Buffer => extension("2.5.29.54", integer(skipped), "critical");
const mapping = extension("2.5.29.33", sequence(sequence(oid("1.2.3"), oid("1.2.4"))));
const permitting = (host: string): Buffer =>
  extension("2.5.29.30", sequence(context(0, sequence(implicit(2, Buffer.from(host))))), "critical");
const anyPolicy = "2.5.29.32.0";

type Spec = Partial<CertificateSpec>;

const authority = (subject: string, spec: Spec = {}, issuer?: Issued): Issued =>
  issue({ subject, ca: "ca", ...(issuer === undefined ? {} : { issuer }), ...spec });

/** What is wrong with a path: of a root, authorities in their order below it, and a signer. */
function problem(
  specs: { readonly root?: Spec; readonly between?: readonly Spec[]; readonly leaf?: Spec },
  rules: Partial<PathRules> = {},
): string {
  const root = authority("CN=The root", specs.root);
  const path: Issued[] = [];
  for (const spec of specs.between ?? []) path.unshift(authority(`CN=Authority ${path.length}`, spec, path[0] ?? root));
  path.unshift(issue({ subject: "CN=The signer", issuer: path[0] ?? root, ...specs.leaf }));
  const anchor: Anchor = { certificate: parseCertificate(root.der), jdk: false };
  const found = validatePath(
    path.map(({ der }) => parseCertificate(der)),
    anchor,
    { ...anything, ...rules },
  );
  return found === undefined ? "fine" : found.code;
}

/** An authority that has issued itself once more, with the same key. */
const again = (spec: Spec = {}): Spec => ({ subject: "CN=Authority 0", keyName: "CN=Authority 0", ...spec });

test.each<[string, Parameters<typeof problem>[0], string]>([
  ["a signer below the root", {}, "fine"],
  ["authorities between", { between: [{}, {}, {}] }, "fine"],

  ["a root that is no authority", { root: { ca: "not-ca" } }, "anchor-unfit"],
  ["a root that may not sign certificates", { root: { keyUsage: [usages.cRLSign] } }, "anchor-unfit"],
  ["a root that may do anything", { root: { keyUsage: "absent" } }, "fine"],
  ["a root of version 1", { root: { version: 1 } }, "fine"],
  ["a root that is too old by now", { root: { to: "2025-01-01" } }, "fine"],

  ["a signer that is too old by now", { leaf: { to: "2026-01-01" } }, "expired"],
  ["a signer that is not valid yet", { leaf: { from: "2027-01-01" } }, "not-yet-valid"],
  ["an authority that is too old by now", { between: [{ to: "2026-01-01" }] }, "expired"],
  ["a signer that somebody else has signed", { leaf: { issuer: authority("CN=The root", { keyName: "another" }) } }, "signature"],
  ["a critical extension that paths do not deal with", { leaf: { extensions: [extension("1.2.3", nullValue(), "critical")] } }, "critical-extension"],
  ["a critical one behind those that they do", { between: [{ extensions: [extension("2.5.29.31", nullValue(), "critical")] }] }, "critical-extension"],
  ["an extension that is not critical", { leaf: { extensions: [extension("1.2.3", nullValue())] } }, "fine"],
  ["a signer for nothing", { leaf: { keyUsage: [] } }, "algorithm"],
  ["a signer for enciphering alone", { leaf: { keyUsage: [7, 8] } }, "algorithm"],
  ["a signer that agrees on keys, for enciphering", { leaf: { keyUsage: [4, 7] } }, "fine"],
  ["a signer that agrees on keys, for deciphering", { leaf: { keyUsage: [8, 4] } }, "fine"],
  ["a signer for anything", { leaf: { keyUsage: "absent" } }, "fine"],

  ["an authority that is none", { between: [{ ca: "not-ca" }] }, "not-a-ca"],
  ["an authority of version 1", { between: [{ version: 1 }] }, "not-a-ca"],
  ["an authority that issued itself in version 1", { between: [{ subject: "CN=The root", version: 1 }] }, "fine"],
  ["the same, further down", { between: [{}, again({ version: 1 })] }, "not-a-ca"],
  ["the same in version 3 without a word of it", { between: [{ subject: "CN=The root", ca: "not-ca" }] }, "not-a-ca"],
  ["an authority that may not sign certificates", { between: [{ keyUsage: [usages.cRLSign] }] }, "key-usage"],
  ["an authority that may do anything", { between: [{ keyUsage: "absent" }] }, "fine"],

  ["a path as long as it may be", { between: [{ pathLength: 1 }, { pathLength: 0 }] }, "fine"],
  ["a path that is too long", { between: [{ pathLength: 0 }, {}] }, "path-length"],
  ["a path that is too long by two authorities' word", { between: [{ pathLength: 1 }, {}, {}] }, "path-length"],
  ["a path whose lower authority says more than the upper", { between: [{ pathLength: 1 }, { pathLength: 5 }, {}] }, "path-length"],
  ["one that issued itself once more, which does not count", { between: [{ pathLength: 0 }, again()] }, "fine"],
  ["one behind it, which does", { between: [{ pathLength: 0 }, again(), {}] }, "path-length"],
  ["the root's own length, which does not count", { root: { pathLength: 0 }, between: [{}, {}] }, "fine"],

  ["a name that is permitted", { between: [{ extensions: [permitting("x.com")] }], leaf: { subject: "CN=a.x.com" } }, "fine"],
  ["a name that is not", { between: [{ extensions: [permitting("x.com")] }], leaf: { subject: "CN=a.x.org" } }, "name-constraints"],
  ["an authority's name that is not", { between: [{ extensions: [permitting("x.com")] }, { subject: "CN=a.x.org" }] }, "name-constraints"],
  [
    "the name of one that issued itself once more, which does not count",
    { between: [{ subject: "CN=a.x.org", extensions: [permitting("x.com")] }, { subject: "CN=a.x.org", keyName: "CN=a.x.org" }] },
    "fine",
  ],
  [
    "that of a signer, which does",
    { between: [{ subject: "CN=a.x.org", extensions: [permitting("x.com")] }], leaf: { subject: "CN=a.x.org" } },
    "name-constraints",
  ],
  ["its own constraints, which do not", { between: [{ subject: "CN=a.x.org", extensions: [permitting("x.com")] }] }, "fine"],
  ["constraints that do not fit", { between: [{ extensions: [permitting("x.com")] }, { extensions: [permitting("x.org")] }] }, "name-constraints"],
  ["constraints of the root, which do not count", { root: { extensions: [permitting("x.com")] }, leaf: { subject: "CN=a.x.org" } }, "fine"],
])("%s", (_name, specs, expected) => {
  expect(problem(specs)).toBe(expected);
}); // prettier-ignore

const [one, two] = [policies("1.2.3"), policies("1.2.4")];
const both = policies("1.2.3", "1.2.4");
const any = policies(anyPolicy);
const qualified = (critical: "critical" | "plain"): Buffer =>
  extension("2.5.29.32", sequence(sequence(oid("1.2.3"), sequence(sequence(oid("1.2.5"))))), critical);

// The extensions of each certificate, from below the root down to the signer.
test.each<[string, readonly (readonly Buffer[])[], string]>([
  ["none, and none is demanded", [[], []], "fine"],
  ["one that the signer has not", [[one], []], "fine"],
  ["one is demanded, and all have it", [[one, requiring(0)], [one]], "fine"],
  ["one is demanded, and the signer has none", [[one, requiring(0)], []], "policy"],
  ["one is demanded, and the signer has another", [[one, requiring(0)], [two]], "policy"],
  ["one is demanded, and the authority has none", [[requiring(0)], [one]], "policy"],
  ["one is demanded, and the signer has it among others", [[one, requiring(0)], [both]], "fine"],
  ["one of several", [[both, requiring(0)], [both], [two]], "fine"],
  ["one that was lost on the way", [[both, requiring(0)], [one], [two]], "policy"],
  ["one that was lost on the way, and came back", [[one, requiring(0)], [], [one]], "policy"],
  ["an empty list is none", [[one, requiring(0)], [policies()]], "policy"],
  ["one is demanded of the signer by itself", [[], [requiring(0)]], "policy"],
  ["one is demanded behind the signer", [[], [requiring(1)]], "fine"],
  ["one is demanded one further down", [[requiring(1)], []], "policy"],
  ["one is demanded two further down", [[requiring(2)], []], "fine"],
  ["one is demanded two further down, where there is one", [[requiring(2)], [], []], "policy"],
  ["a later demand does not put off an earlier one", [[requiring(1)], [requiring(9)], []], "policy"],

  ["any is demanded and there", [[any, requiring(0)], [any]], "fine"],
  ["any above, one below", [[any, requiring(0)], [one]], "fine"],
  ["one above, any below", [[one, requiring(0)], [any]], "fine"],
  ["any below is what was above", [[one, requiring(0)], [any], [two]], "policy"],
  ["any counts no more", [[one, requiring(0), inhibiting(0)], [any]], "policy"],
  ["any counts no more, though there is no other above", [[any, requiring(0), inhibiting(0)], [any]], "policy"],
  ["any counts no more, beside one", [[one, requiring(0), inhibiting(0)], [policies(anyPolicy, "1.2.3")]], "fine"],
  ["any counts no more, beside another", [[one, requiring(0), inhibiting(0)], [policies(anyPolicy, "1.2.4")]], "policy"],
  ["any counts for one more", [[one, requiring(0), inhibiting(1)], [any]], "fine"],
  ["any counts for one more, and there are two", [[one, requiring(0), inhibiting(1)], [any], [any]], "policy"],
  ["a later word does not put off an earlier one", [[one, requiring(0), inhibiting(0)], [one, inhibiting(5)], [any]], "policy"],
  ["any counts for the whole path where nobody says otherwise", [[any], [any], [any], [any, requiring(0)]], "fine"],

  ["mappings, where none is demanded", [[one, mapping], [two]], "fine"],
  ["mappings, where one is", [[one, mapping, requiring(0)], [one]], "policy"],
  ["mappings above a demand", [[one, mapping], [one, requiring(0)]], "policy"],
  ["mappings above a demand, and an authority between", [[one, mapping], [one], [one, requiring(0)]], "policy"],

  ["qualifiers", [[], [qualified("plain")]], "fine"],
  ["critical qualifiers", [[qualified("critical")], []], "policy"],
  ["critical qualifiers where no policy is left", [[], [qualified("critical")]], "fine"],
  ["critical policies without qualifiers", [[extension("2.5.29.32", sequence(sequence(oid("1.2.3"))), "critical")], []], "fine"],
])("policies: %s", (_name, all, expected) => {
  const specs = all.map((extensions) => ({ extensions }));
  expect(problem({ between: specs.slice(0, -1), leaf: specs.at(-1) ?? {} })).toBe(expected);
}); // prettier-ignore

test.each<[string, Spec, string]>([
  ["who has issued himself once more does not count", again({ extensions: [any] }), "policy"],
  ["somebody else does", { extensions: [any] }, "fine"],
])("how far down a demand reaches: %s", (_name, between, expected) => {
  // One is demanded two further down: of the signer, or of nobody where the one between counts.
  const specs = { between: [{ extensions: [any, requiring(2)] }, between], leaf: { extensions: [] } };
  expect(problem(specs)).toBe(expected === "fine" ? "policy" : "fine");
});

test("any policy of one that issued itself once more counts still", () => {
  const first = { extensions: [one, requiring(0), inhibiting(0)] };
  expect(problem({ between: [first, again({ extensions: [any] })], leaf: { extensions: [one] } })).toBe("fine");
  expect(problem({ between: [first, { extensions: [any] }], leaf: { extensions: [one] } })).toBe("policy");
  // Of a signer it does not.
  expect(problem({ between: [first], leaf: { subject: "CN=Authority 0", extensions: [any] } })).toBe("policy");
});

test("who does not say that it is an authority is none", () => {
  const silent = issue({ subject: "CN=Silent", keyUsage: [usages.keyCertSign] });
  const issued = [parseCertificate(issue({ subject: "CN=S", issuer: silent }).der)];
  expect(validatePath(issued, { certificate: parseCertificate(silent.der), jdk: false }, anything)?.code).toBe("anchor-unfit");
  expect(problem({ between: [{ rawSubject: name("CN=x"), version: 1 }] })).toBe("not-a-ca");
});

describe("what Java blocks", () => {
  const root = authority("CN=The root");
  const between = authority("CN=Between", {}, root);
  const leaf = issue({ subject: "CN=The signer", issuer: between });
  const chain = [leaf, between].map(({ der }) => parseCertificate(der));
  const anchor = { certificate: parseCertificate(root.der), jdk: true };
  const digest = ({ der }: Issued): string => parseCertificate(der).sha256;

  test.each<[string, Issued, string]>([
    ["the root", root, "the anchor CN=The root is on the list of blocked certificates"],
    ["an authority", between, "CN=Between is on the list of blocked certificates"],
    ["the signer", leaf, "CN=The signer is on the list of blocked certificates"],
  ])("%s", (_name, blocked, reason) => {
    expect(validatePath(chain, anchor, { ...anything, blocked: new Set([digest(blocked)]) })).toEqual({ code: "blocked", reason });
  });

  test("algorithms are judged with the keys they sign, keys with those that signed", () => {
    const calls: unknown[] = [];
    const constraints: Constraints = {
      disabled: (...all) => void calls.push(all),
      disabledKey: (key) => void calls.push(key),
    };
    expect(validatePath(chain, anchor, { ...anything, constraints, algorithmDate: 5 })).toBeUndefined();
    const [signer, issuer] = chain;
    const use = { date: 5, purpose: "signed-jar", jdkAnchor: true };
    expect(calls).toEqual([
      ["SHA256withECDSA", { ...use, keys: [issuer?.publicKey] }, "with-keys"],
      anchor.certificate.publicKey,
      ["SHA256withECDSA", { ...use, keys: [signer?.publicKey] }, "with-keys"],
      issuer?.publicKey,
    ]);
  });

  test.each<[string, Constraints, string]>([
    [
      "an algorithm",
      { disabled: (algorithm) => algorithm, disabledKey: disabled },
      "CN=Between uses an algorithm that is disabled (SHA256withECDSA)",
    ],
    ["a key", { disabled, disabledKey: () => "EC" }, "CN=Between uses an algorithm that is disabled (EC)"],
  ])("%s", (_name, constraints, reason) => {
    expect(validatePath(chain, anchor, { ...anything, constraints })).toEqual({ code: "algorithm", reason });
  });

  test("an algorithm without a name goes by its number", () => {
    const [signer] = chain;
    if (signer === undefined) throw new Error("no signer");
    const odd = { ...signer, signatureAlgorithm: { oid: "1.2.3.4", parameters: undefined } };
    const constraints: Constraints = { disabled: (algorithm) => algorithm, disabledKey: disabled };
    expect(validatePath([odd], anchor, { ...anything, constraints })?.reason).toContain("(1.2.3.4)");
  });
});

test("the last day of a certificate is told", () => {
  const root = authority("CN=The root");
  const anchor = { certificate: parseCertificate(root.der), jdk: false };
  const reason = (spec: Spec): string | undefined =>
    validatePath([parseCertificate(issue({ subject: "CN=S", issuer: root, ...spec }).der)], anchor, anything)?.reason;
  expect(reason({ to: "2026-01-02" })).toBe("CN=S expired on 2026-01-02");
  expect(reason({ from: "2027-01-02" })).toBe("CN=S is not valid before 2027-01-02");
  expect(reason({ rawIssuer: name("CN=The root"), issuer: authority("CN=Another") })).toBe("CN=S was not signed by CN=The root");
});
