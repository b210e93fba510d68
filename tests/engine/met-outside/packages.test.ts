import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificate, startProxy, startTlsServer } from "../../lifecycle/source/support/servers";
import { corpus, readCorpusFiles } from "../../signature/corpus";
import { Backend, packedLane, Project, runPacked, Stage } from "../support";
import { program } from "./program";

// Stories of several operations of the engine; a busy machine takes its time.
jest.setTimeout(300_000);

const megabyte = 1024 * 1024;
const digestOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

describe("packages by https, through the packed package and the real engine", () => {
  test("a connector and a driver of 80 MB come through the proxy, from a server whose authority is one's own", async () => {
    const folder = mkdtempSync(join(tmpdir(), "by-https-"));
    const certificate = makeCertificate();
    writeFileSync(join(folder, "authority.pem"), certificate.cert);
    const stage = await Stage.start(program, { backend: new Backend(packedLane()), nodes: 1 });
    const connector = readFileSync(stage.package("a_jdbc", "1.0.0"));
    const driver = Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(80 * megabyte)]);
    const files = await startTlsServer(certificate, (path, response) => response.end(path.endsWith(".taco") ? connector : driver));
    const proxy = await startProxy();
    try {
      // Only the proxy knows the name.
      const at = `https://www.files.test:${String(files.port)}`;
      stage.want({
        server: stage.cluster.server,
        connectors: { a: { source: `${at}/a_jdbc.taco`, sha256: digestOf(connector) } },
        drivers: { large: { source: `${at}/large.jar`, sha256: digestOf(driver) } },
      });
      const environment = {
        HTTPS_PROXY: `http://127.0.0.1:${String(proxy.port)}`,
        NODE_EXTRA_CA_CERTS: join(folder, "authority.pem"),
        PULUMI_TABLEAU_CACHE: join(folder, "cache"),
      };
      await stage.project.stack("dev", { environment }).up();
      expect([await stage.restarts(), await stage.loaded()]).toEqual([1, [["a_jdbc 1.0.0"]]]);
      const placed = readFileSync(stage.cluster.nodePath("node1", "/opt/tableau/tableau_driver/jdbc/large.jar"));
      expect(digestOf(placed)).toBe(digestOf(driver));
      expect(new Set(proxy.asked)).toEqual(new Set([`www.files.test:${String(files.port)}`]));
      expect(new Set(files.asked)).toEqual(new Set(["/a_jdbc.taco", "/large.jar"]));
    } finally {
      await stage.stop();
      await Promise.all([files.stop(), proxy.stop()]);
      rmSync(folder, { recursive: true });
    }
  });
});

describe("packages that the packed command line verifies", () => {
  const project = new Project({ program: "", backend: new Backend(packedLane()) });
  beforeAll(async () => {
    const files = await readCorpusFiles();
    for (const name of ["good.taco", "zip-descriptor.taco", "zip-descriptor-stored.taco", "store-0.pem"]) {
      project.write(name, files.get(name) ?? "");
    }
  });
  afterAll(() => {
    project.remove();
  });

  const verify = async (file: string, ...options: string[]): Promise<{ status: number | null; out: string; err: string }> =>
    runPacked(project, ["verify", file, "--at", corpus.at, ...options]);

  test("stored entries with data descriptors are refused, compressed ones are not", async () => {
    const refused = await verify("zip-descriptor-stored.taco", "--cacerts", "store-0.pem");
    expect(refused).toMatchObject({ status: 1, err: "" });
    expect(refused.out).toMatch(/refused \[zip-descriptor\] .*is stored and followed by a data descriptor/);
    expect(await verify("zip-descriptor.taco", "--cacerts", "store-0.pem")).toMatchObject({ status: 0, err: "" });
  });

  test("without a trust store the roots of Node.js judge, which one line says", async () => {
    const { status, out, err } = await verify("good.taco");
    expect([status, out]).toEqual([1, expect.stringMatching(/refused \[chain-untrusted\]/)]);
    expect(out).not.toMatch(/trust-unknown/);
    expect(err).toMatch(/^Trust was judged by the public roots of Node\.js v[^\n]*your server may differ[^\n]*--cacerts FILE[^\n]*\n$/);
  });
});
