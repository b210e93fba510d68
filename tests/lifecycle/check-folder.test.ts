import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { HostPool } from "../../provider/host/pool";
import { connectorLifecycle } from "../../provider/lifecycle/connector";
import { TrustCache } from "../../provider/lifecycle/trust/trust-cache";

const note = (): void => undefined;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "check-folder-"));
  write("manifest.xml", "<connector-plugin class='dev_jdbc' superclass='jdbc' plugin-version='1.0.0' name='dev' version='18.1'/>");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (path: string, text = ""): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const failuresOn = async (platform: "linux" | "windows"): Promise<string[]> => {
  const services = {
    pool: new HostPool(),
    voice: { say: note, warn: note, progress: note },
    cacheDirectory: folder,
    trust: new TrustCache(folder),
  };
  const server = { name: "prod", platform, placement: "path", nodes: [{ name: "node1" }] };
  const news = { server, source: folder, fileName: "dev", requireSignature: false, __urn: "urn:pulumi:dev::shop::t::a" };
  return (await connectorLifecycle(services).check({}, news)).failures.map(({ property, reason }) => `${property}: ${reason}`);
};

test("a folder is taken for nodes of either system", async () => {
  write("deep/er/ä file's name.js");
  expect([await failuresOn("linux"), await failuresOn("windows")]).toEqual([[], []]);
});

test.each<[string, string[], string]>([
  ["letter", ["deep/a:b"], `Windows has no names with ":"`],
  ["device", ["aux/x.js"], "Windows keeps that name for a device"],
  ["path", [`${"long/".repeat(25)}x`], "its path is longer than 120 characters"],
  ["file of the same name", ["a.js", "A.js"], `to Windows it is one name with "A.js"`],
  ["folder of the same name", ["deep/a", "Deep/b"], `to Windows it is one name with "Deep"`],
])("a %s that Windows cannot have is refused for its nodes only", async (_what, paths, words) => {
  for (const path of paths) write(path);
  expect(await failuresOn("linux")).toEqual([]);
  expect(await failuresOn("windows")).toEqual([
    `source: holds ${JSON.stringify(paths[0])}, which the server's nodes cannot have: ${words}`,
  ]);
});
