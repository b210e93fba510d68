import { chmodSync, copyFileSync, existsSync, renameSync, rmSync, statSync } from "node:fs";
import { isRoot, sharedCluster, ssh } from "./support";

const files = ["passwd", "group", "shadow", "sudoers"].map((name) => `/etc/${name}`).filter((path) => existsSync(path));

/** What `useradd`, `visudo` and `apt-get install` do: the file is written anew and takes its place by a rename. */
function replace(path: string): void {
  const anew = `${path}.pulumi-tableau-test`;
  try {
    copyFileSync(path, anew);
    chmodSync(anew, statSync(path).mode & 0o7777);
    renameSync(anew, path);
  } finally {
    rmSync(anew, { force: true });
  }
}

(isRoot ? describe : describe.skip)("a machine whose files change while nodes are simulated on it (needs root)", () => {
  const shared = sharedCluster({ nodes: 2, transport: "builtin", login: "sudo" });

  test("nodes keep their own users, groups and sudoers when the machine's are replaced by a rename", async () => {
    const look = "getent passwd tableau deploy; id -Gn tableau; sudo -n id -un; cat /etc/profile.d/tableau_server.sh";
    const before = await Promise.all(shared.cluster.nodes.map((node) => ssh(node, look)));
    files.forEach(replace);
    const after = await Promise.all(shared.cluster.nodes.map((node) => ssh(node, look)));
    expect(before.map(({ status, stdout }) => [status, stdout.includes("tableau:x:41001")])).toEqual([
      [0, true],
      [0, true],
    ]);
    expect(after).toEqual(before);
  });

  test("a program that a fault replaces on one node is the machine's own everywhere else", async () => {
    const [first, second] = shared.cluster.nodes;
    const seconds = async (node: typeof first): Promise<number> => Number((await ssh(node, "date +%s")).stdout);
    await shared.cluster.fault("clock-skew", "5000");
    const skewed = (await seconds(first)) - (await seconds(second));
    await shared.cluster.fault("clock-skew", "off");
    const again = (await seconds(first)) - (await seconds(second));
    expect([skewed, again].map((value) => Math.round(Math.abs(value) / 100))).toEqual([50, 0]);
    expect(statSync("/usr/bin/date").size).toBeGreaterThan(10_000);
  });
});
