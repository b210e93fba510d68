import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TableauError } from "../../../provider/vocabulary/error";
import { openTrustStores } from "../../../provider/signature";
import { readTrustStore } from "../../../provider/signature/trust/read-trust-store";
import { readCorpusFiles } from "../corpus";

interface ExpectedStore {
  readonly password?: string;
  readonly anchors: readonly string[];
  readonly others: number;
}

const expected = JSON.parse(readFileSync(join(__dirname, "../corpus/stores.json"), "utf8")) as Record<string, ExpectedStore>;
let files: ReadonlyMap<string, Buffer>;
const bytes = (name: string): Buffer => files.get(name) ?? Buffer.alloc(0);

beforeAll(async () => {
  files = await readCorpusFiles("stores.zip");
});

describe("readTrustStore", () => {
  it.each(Object.entries(expected))("reads %s", (name, { password, anchors, others }) => {
    const store = readTrustStore(bytes(name), name, password);
    expect(store.anchors.map(({ certificate }) => certificate.subject.text.replace(/.*(?=CN=)/, ""))).toEqual(anchors);
    expect(store.others).toHaveLength(others);
  });

  it.each(Object.entries(expected).filter(([, { password }]) => password !== undefined))("refuses a wrong password for %s", (name) => {
    expect(() => readTrustStore(bytes(name), name, "wrong")).toThrow(/password is wrong|was changed|broken/);
  });

  it("reads JKS without a password, as its certificates are not encrypted", () => {
    expect(readTrustStore(bytes("jks.jks"), "jks.jks", undefined).anchors).toHaveLength(2);
  });

  it("asks for the password of an encrypted store", () => {
    expect(() => readTrustStore(bytes("modern.p12"), "modern.p12", undefined)).toThrow(/encrypted, and no password was given/);
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["text", Buffer.from("hello")],
    ["JCEKS", Buffer.from("cececece00000002", "hex")],
    ["a JKS magic alone", Buffer.from("feedfeed", "hex")],
    ["an empty sequence", Buffer.from("3000", "hex")],
    ["a PEM key", Buffer.from("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")],
    ["a broken PEM certificate", Buffer.from("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")],
  ])("refuses %s", (_, store) => {
    expect(() => readTrustStore(store, "store", undefined)).toThrow(TableauError);
    expect(() => readTrustStore(store, "store", undefined)).toThrow(
      /store cannot be used as a trust store: .*\. Expected JKS, PKCS#12 or PEM\./s,
    );
  });

  it.each(Object.keys(expected))("never crashes on %s, cut off or changed anywhere", (name) => {
    const store = bytes(name);
    const { password } = expected[name] ?? {};
    for (let at = 0; at < store.length; at += Math.ceil(store.length / 60)) {
      const changed = Buffer.from(store);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      for (const broken of [store.subarray(0, at), changed]) {
        try {
          readTrustStore(broken, name, name.endsWith(".p12") && name !== "passwordless.p12" ? undefined : password);
        } catch (error) {
          expect(error).toBeInstanceOf(TableauError);
        }
      }
    }
  });
});

describe("openTrustStores", () => {
  it("tells a store that is missing", async () => {
    await expect(openTrustStores({ cacerts: ["/does/not/exist"] })).rejects.toMatchObject({ code: "trust-store-unreadable" });
  });

  it("keeps keystores apart from cacerts", async () => {
    const store = { name: "a", bytes: bytes("bundle.pem") };
    expect((await openTrustStores({ cacerts: [store] })).keystore).toBeUndefined();
    expect((await openTrustStores({ keystores: [store] })).keystore?.anchors).toHaveLength(2);
  });
});
