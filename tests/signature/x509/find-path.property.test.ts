import { verifyTaco } from "../../../provider/signature";
import { collectAnchors } from "../../../provider/signature/trust/trust-anchors";
import { parseCertificate, type Certificate } from "../../../provider/signature/x509/certificate";
import { findPath } from "../../../provider/signature/x509/find-path";
import * as path from "../../../provider/signature/x509/validate-path";
import { issue, pem, type Issued } from "../../../scripts/signature/build/certificates";
import { defaultStore, jar, usual } from "../../../scripts/signature/cases/case";
import { root } from "../../../scripts/signature/cases/pki";

jest.mock("../../../provider/signature/x509/validate-path", () => {
  const actual = jest.requireActual<typeof path>("../../../provider/signature/x509/validate-path");
  return { ...actual, validatePath: jest.fn(actual.validatePath) };
});

const at = new Date("2026-11-24");

/** A signer, its authorities up to the root, and a certificate of the root's name that nobody knows. */
function chainOf(authorities: number): { readonly leaf: Issued; readonly block: readonly Issued[] } {
  const stranger = issue({
    subject: "",
    rawSubject: root.subjectName,
    keyName: "stranger",
    ca: "ca",
    issuer: issue({ subject: "CN=Nobody", ca: "ca" }),
  });
  const between: Issued[] = [];
  for (let index = 0; index < authorities; index++) {
    between.unshift(issue({ subject: `CN=Authority ${authorities}-${index}`, ca: "ca", issuer: between[0] ?? root }));
  }
  const leaf = issue({ subject: `CN=Vendor ${authorities}`, issuer: between[0] ?? root });
  return { leaf, block: [leaf, ...between, stranger] };
}

// The jarsigners of JDK 17.0.12 to 17.0.21, 21 and 25 end with 32 for five (the root is in no chain), with 36 for six.
test.each([
  [1, 0],
  [5, 0],
  [6, 4],
])("an anchor behind %d authorities on the way is found as by Java: exit code %d", async (authorities, exitCode) => {
  const { leaf, block } = chainOf(authorities);
  const bytes = jar({ blocks: [{ signers: [usual({ certificate: leaf })], certificates: block }] });
  const cacerts = [{ name: "cacerts", bytes: Buffer.from(defaultStore.map(pem).join("")) }];
  const { jarsigner, accepted } = await verifyTaco(bytes, { trust: { cacerts }, at });
  expect({ exitCode: jarsigner.exitCode, accepted }).toEqual({ exitCode, accepted: exitCode === 0 });
});

/** A chain in which every certificate names one of two roots as its issuer, and none is from it. */
function hostileChain(length: number): readonly Certificate[] {
  const names = [issue({ subject: "CN=One", ca: "ca" }), issue({ subject: "CN=Two", ca: "ca" })];
  return Array.from({ length }, (_, index) => {
    const issuer = names[index % 2]?.subjectName ?? root.subjectName;
    const own = names[(index + 1) % 2]?.subjectName ?? root.subjectName;
    return parseCertificate(issue({ subject: "", rawSubject: own, rawIssuer: issuer, ca: "ca", keyName: "hostile" }).der);
  });
}

test("the work that a block makes grows as its certificates do, not as their square", () => {
  const anchors = collectAnchors([
    {
      anchors: ["CN=One", "CN=Two"].map((subject) => ({
        certificate: parseCertificate(issue({ subject, ca: "ca", keyName: "of the root" }).der),
        jdk: false,
      })),
      others: [],
    },
  ]);
  const named = jest.fn((name: string) => anchors.named(name));
  const validated = jest.mocked(path.validatePath);
  const disabled = (): undefined => undefined;
  const work = (length: number): { readonly looked: number; readonly certificates: number } => {
    named.mockClear();
    validated.mockClear();
    const rules = {
      constraints: { disabled, disabledKey: disabled },
      blocked: new Set<string>(),
      date: at.getTime(),
      algorithmDate: at.getTime(),
    };
    // Its last certificate is from somebody whom nobody knows, so that every one on the way is tried.
    const chain = [
      ...hostileChain(length),
      parseCertificate(issue({ subject: "CN=Last", ca: "ca", issuer: issue({ subject: "CN=Nobody", ca: "ca" }) }).der),
    ];
    expect(findPath(chain, { ...anchors, named }, "code-signing", rules)?.code).toBe("no-anchor");
    return { looked: named.mock.calls.length, certificates: validated.mock.calls.reduce((sum, [some]) => sum + some.length, 0) };
  };
  const few = work(50);
  const many = work(100);
  expect(few.certificates).toBeGreaterThan(0);
  expect(many.certificates).toBe(few.certificates);
  expect(many.looked - few.looked).toBe(50);
});
