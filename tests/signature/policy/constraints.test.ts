import { parseConstraints } from "../../../provider/signature/policy/constraints";
import type { Use } from "../../../provider/signature/policy/constraints";
import { jdk17 } from "../../../provider/signature/policy/jdk17";

const key = (algorithm: "RSA" | "EC" | "DSA", size: number) =>
  ({ algorithm, size, curve: algorithm === "EC" ? "prime256v1" : undefined, spki: Buffer.alloc(0), handle: undefined }) as const;
const use = (spec: Partial<Use> = {}): Use => ({ date: Date.UTC(2026, 0, 1), keys: [], purpose: "generic", jdkAnchor: false, ...spec });

describe("parseConstraints", () => {
  it.each<[string, string, Partial<Use>, "with-keys" | "algorithm-only", "disabled" | "allowed"]>([
    ["jar", "MD5", {}, "algorithm-only", "disabled"],
    ["jar", "md5", {}, "algorithm-only", "disabled"],
    ["jar", "MD5withRSA", {}, "algorithm-only", "disabled"],
    ["jar", "SHA-256", {}, "algorithm-only", "allowed"],
    ["jar", "SHA-1", {}, "algorithm-only", "disabled"],
    ["jar", "SHA1", {}, "algorithm-only", "disabled"],
    ["jar", "SHA1withECDSA", {}, "algorithm-only", "disabled"],
    ["jar", "SHA", {}, "algorithm-only", "allowed"],
    ["jar", "SHA-1", { date: Date.UTC(2018, 11, 31) }, "algorithm-only", "allowed"],
    ["jar", "SHA-1", { date: Date.UTC(2019, 0, 1) }, "algorithm-only", "disabled"],
    ["jar", "SHA256withRSA", { keys: [key("RSA", 1023)] }, "with-keys", "disabled"],
    ["jar", "SHA256withRSA", { keys: [key("RSA", 1023)] }, "algorithm-only", "allowed"],
    ["jar", "SHA256withRSA", { keys: [key("RSA", 1024)] }, "with-keys", "allowed"],
    ["jar", "SHA256withECDSA", { keys: [key("EC", 200)] }, "with-keys", "allowed"],
    ["certPath", "SHA256withECDSA", { keys: [key("EC", 200)] }, "with-keys", "disabled"],
    ["certPath", "SHA1withRSA", {}, "with-keys", "allowed"],
    ["certPath", "SHA1withRSA", { purpose: "signed-jar" }, "with-keys", "disabled"],
    ["certPath", "SHA1withRSA", { purpose: "signed-jar", date: Date.UTC(2018, 0, 1) }, "with-keys", "allowed"],
    ["legacy", "SHA256withRSA", { keys: [key("RSA", 2047)] }, "with-keys", "disabled"],
  ])("%s list: %s with %j, %s: %s", (list, algorithm, spec, keys, expected) => {
    const constraints = parseConstraints(jdk17[list as keyof typeof jdk17]);
    expect(constraints.disabled(algorithm, use(spec), keys) === undefined ? "allowed" : "disabled").toBe(expected);
  });

  it("knows every condition of java.security", () => {
    const constraints = parseConstraints(
      "A jdkCA, B usage SignedJAR, C keySize == 5, D keySize >= 5 & denyAfter 2020-01-01, include jdk.disabled.namedCurves",
    );
    expect(constraints.disabled("A", use(), "with-keys")).toBeUndefined();
    expect(constraints.disabled("A", use({ jdkAnchor: true }), "with-keys")).toBe("A jdkCA");
    expect(constraints.disabled("B", use({ purpose: "signed-jar" }), "with-keys")).toBe("B usage SignedJAR");
  });

  it("fails closed on a condition that it does not know", () => {
    expect(() => parseConstraints("RSA onlyOn Tuesdays")).toThrow(/"onlyOn Tuesdays"/);
  });

  it("judges keys alone", () => {
    const constraints = parseConstraints("RSA keySize < 1024, prime256v1");
    expect(constraints.disabledKey(key("RSA", 512))).toBe("RSA keySize < 1024");
    expect(constraints.disabledKey(key("RSA", 2048))).toBeUndefined();
    expect(constraints.disabledKey(key("EC", 256))).toBe("prime256v1");
  });
});
