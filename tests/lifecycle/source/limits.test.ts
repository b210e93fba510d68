import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileLimits } from "../../../provider/vocabulary/file-limits";
import { readCertificate } from "../../../provider/lifecycle/certificate/certificate-source";
import { readFolder } from "../../../provider/lifecycle/package/folder-source";
import { readPackage } from "../../../provider/lifecycle/package/package-source";
import { openTrustStores } from "../../../provider/signature";
import { runFetch } from "./support/run-fetch";
import { makeCertificate, startTlsServer } from "./support/servers";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "limits-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file without blocks on the disk. */
function sized(name: string, size: number): string {
  const path = join(folder, name);
  writeFileSync(path, "");
  truncateSync(path, size);
  return path;
}

const byPath: Readonly<Record<keyof typeof fileLimits, (size: number) => Promise<unknown>>> = {
  package: (size) => readPackage(sized("a.taco", size), undefined, folder, "package"),
  driver: (size) => readPackage(sized("a.jar", size), undefined, folder, "driver"),
  folder: (size) => {
    mkdirSync(join(folder, "connector"));
    sized("connector/a.xml", Math.floor(size / 2));
    sized("connector/b.xml", Math.ceil(size / 2));
    return readFolder(join(folder, "connector"), undefined);
  },
  certificate: (size) => readCertificate(sized("a.pem", size)),
  trustStore: (size) => openTrustStores({ cacerts: [sized("cacerts", size)] }),
};

describe.each(Object.entries(fileLimits) as [keyof typeof fileLimits, number][])("%s: at most %d bytes", (kind, limit) => {
  test("one byte more is refused by path, with its size and the limit, before it is read", async () => {
    const before = process.memoryUsage().arrayBuffers;
    const told = new RegExp(`it has ${String(limit + 1)} bytes, and .* may have at most ${String(limit)} \\(\\d+ MB\\)`);
    await expect(byPath[kind](limit + 1)).rejects.toThrow(told);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  });
});

test.each(["package", "driver"] as const)("a %s of one byte more is refused by https with the same words", async (kind) => {
  const size = fileLimits[kind] + 1;
  const server = await startTlsServer(makeCertificate(), (_path, response) => {
    response.writeHead(200, { "content-length": String(size) }).flushHeaders();
  });
  const environment = { NODE_TLS_REJECT_UNAUTHORIZED: "0", NODE_NO_WARNINGS: "1" };
  const { error } = await runFetch([`https://127.0.0.1:${String(server.port)}/a`, "", kind], environment);
  await server.stop();
  expect(error).toContain(`it has ${String(size)} bytes, and a ${kind}`);
});

test("a driver of 105 MB, as public ones have, is read", async () => {
  expect((await readPackage(sized("a.jar", 105 * 1024 * 1024), undefined, folder, "driver")).bytes.length).toBe(105 * 1024 * 1024);
});

test("what has no size and no end is refused", async () => {
  await expect(readPackage("/dev/zero", undefined, folder, "package")).rejects.toThrow(/it has more than \d+ bytes, and a package/);
  await expect(openTrustStores({ cacerts: ["/dev/zero"] })).rejects.toThrow(/it has more than \d+ bytes, and a trust store/);
});
