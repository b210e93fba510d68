import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openZip } from "../../../provider/taco/zip/open-zip";
import { buildZip } from "../zip-builder";

const folder = mkdtempSync(join(tmpdir(), "zip-"));
const path = join(folder, "a.taco");

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const handles = (): number => readdirSync("/dev/fd").length;

it("reads a package from its bytes and from its path", async () => {
  const bytes = buildZip([{ name: "a" }, { name: "b" }]);
  writeFileSync(path, bytes);
  const [one, other] = [await openZip(bytes), await openZip({ path })];
  expect(one.entries.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(other.entries).toEqual(one.entries);
  await Promise.all([one.source.close(), other.source.close()]);
});

it("keeps a large file open that is a package, and closes one that is none", async () => {
  const before = handles();
  writeFileSync(path, buildZip([{ name: "a" }], { prefix: Buffer.alloc(17 * 1024 * 1024) }));
  const zip = await openZip({ path });
  expect(handles()).toBe(before + 1);
  await zip.source.close();
  truncateSync(path, 17 * 1024 * 1024);
  await expect(openZip({ path })).rejects.toMatchObject({ code: "not-a-zip" });
  expect(handles()).toBe(before);
});

it("tells where there is no file", async () => {
  await expect(openZip({ path: join(folder, "none") })).rejects.toMatchObject({ code: "ENOENT" });
});
