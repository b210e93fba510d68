import { execFileSync } from "node:child_process";
import { HostPool } from "../../../provider/host";
import { hostContract, script } from "../support/contract";

describe("this machine", () => {
  const pool = new HostPool();
  const host = pool.host({ name: "local", privilege: "sudo" });
  hostContract(() => host);

  test("passes on nothing secret of this process's environment", async () => {
    process.env["PULUMI_CONFIG_PASSPHRASE"] = "marker-4711";
    process.env["SOME_TOKEN"] = "marker-4711";
    try {
      const answer = await host.run(script('emit env "$(env)"'));
      expect(answer.records[0]?.[1]).toContain("PATH=");
      expect(answer.records[0]?.[1]).not.toContain("marker-4711");
    } finally {
      delete process.env["PULUMI_CONFIG_PASSPHRASE"];
      delete process.env["SOME_TOKEN"];
    }
  });

  test("gives the same host for the same address and counts its scripts", async () => {
    const other = new HostPool();
    const one = other.host({ name: "a", privilege: "none" });
    expect(other.host({ privilege: "none", name: "a" })).toBe(one);
    expect(other.host({ name: "b", privilege: "none" })).not.toBe(one);
    await one.run(script("emit a", { input: Buffer.from("12345") }));
    expect(other.counts).toMatchObject({ connections: 0, scripts: 1, bytesSent: 5 });
  });

  test("needs no more than a POSIX shell", () => {
    expect(execFileSync("sh", ["-c", "echo sh"]).toString()).toBe("sh\n");
  });
});
