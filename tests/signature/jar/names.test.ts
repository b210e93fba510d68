import { canonicalName, hasSignatureExtension, isSignatureFileOrBlock, isSignatureRelated } from "../../../provider/signature/jar/names";

describe("names of a signature's files", () => {
  it.each<[string, "related" | "ordinary"]>([
    ["META-INF/MANIFEST.MF", "related"],
    ["meta-inf/manifest.mf", "related"],
    ["META-INF/A.SF", "related"],
    ["META-INF/a.rsa", "related"],
    ["META-INF/A.EC", "related"],
    ["META-INF/A.DSA", "related"],
    ["META-INF/SIG-", "related"],
    ["META-INF/SIG-A.B", "related"],
    ["META-INF/SIG-A.ABC", "related"],
    ["META-INF/SIG-A.ABCD", "ordinary"],
    ["META-INF/SIG-A.", "ordinary"],
    ["META-INF/SIG-A.-", "ordinary"],
    ["META-INF/x/A.SF", "ordinary"],
    ["META-INF/A.txt", "ordinary"],
    ["A.SF", "ordinary"],
  ])("%s is %s", (name, expected) => {
    expect(isSignatureRelated(name) ? "related" : "ordinary").toBe(expected);
  });

  it("looks for signature files at any depth, as Java's JarFile does", () => {
    expect(isSignatureFileOrBlock("META-INF/x/A.rsa")).toBe(true);
    expect(isSignatureFileOrBlock("META-INF/.RSA")).toBe(true);
    expect(isSignatureFileOrBlock("other/A.RSA")).toBe(false);
    expect(hasSignatureExtension("other/A.RSA")).toBe(true);
    expect(hasSignatureExtension("other/A.rsa")).toBe(false);
  });

  it.each([
    ["./a", "a"],
    ["/a", "a"],
    [".//a", "a"],
    ["././a", "./a"],
    ["a", "a"],
  ])("%s is looked up as %s", (name, expected) => {
    expect(canonicalName(name)).toBe(expected);
  });
});
