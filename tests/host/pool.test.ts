import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Script } from "../../provider/host/host";
import { HostPool } from "../../provider/host/pool";
import { script as shellScript } from "./support/contract";

describe("a pool that is to end", () => {
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pool-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const script = (text: string): Script => shellScript(text, { args: [folder], timeoutSeconds: 60 });

  test("lets the script that runs come to its end, and starts no other", async () => {
    execFileSync("mkfifo", [join(folder, "gate")]);
    const pool = new HostPool();
    const host = pool.host({ name: "node1", privilege: "none" });
    let settled = "not yet";
    const begun = new Promise<void>((resolve) => {
      void host
        .run(script('emit begun; read -r word < "$1/gate"; emit got "$word"'), () => resolve())
        .then(({ records }) => {
          settled = JSON.stringify(records);
        });
    });
    await begun;
    const end = pool.settle(60);
    await expect(host.run(script("emit no"))).rejects.toThrow("which is ending");
    await expect(host.open(script("emit no"))).rejects.toThrow("which is ending");
    expect(settled).toBe("not yet");
    writeFileSync(join(folder, "gate"), "word\n");
    await end;
    expect(settled).toBe('[["begun"],["got","word"]]');
    pool.close();
  });

  test("waits no longer than it is told", async () => {
    execFileSync("mkfifo", [join(folder, "gate")]);
    const pool = new HostPool();
    const host = pool.host({ name: "node1", privilege: "none" });
    const ran = host.run(script('read -r word < "$1/gate"; emit got "$word"'));
    await pool.settle(0.05);
    writeFileSync(join(folder, "gate"), "late\n");
    await expect(ran).resolves.toMatchObject({ records: [["got", "late"]] });
  });
});
