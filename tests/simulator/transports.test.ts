import { readFileSync, statSync } from "node:fs";
import { makeTaco, type Login, type Transport } from "../../simulator";
import { hasSshd, hasSudo, isRoot, place, sharedCluster, ssh, tsmPath } from "./support";

const all: { transport: Transport; login: Login }[] = [
  { transport: "builtin", login: "root" },
  { transport: "builtin", login: "sudo" },
  { transport: "builtin", login: "tsmadmin" },
  { transport: "openssh", login: "root" },
  { transport: "openssh", login: "sudo" },
  { transport: "openssh", login: "tsmadmin" },
];
const possible = all.filter(
  ({ transport, login }) =>
    (isRoot || (transport === "builtin" && login === "root")) && (transport !== "openssh" || hasSshd) && (login !== "sudo" || hasSudo),
);

describe.each(possible)("$transport, login $login", ({ transport, login }) => {
  const shared = sharedCluster({ nodes: 2, transport, login });
  const user = login === "root" ? "root" : "deploy";

  test("a command runs as the login user, in its home, with the usual umask", async () => {
    const { stdout, status } = await ssh(shared.cluster.nodes[1], "id -un; pwd; umask; exit 7");
    expect([stdout, status]).toEqual([`${user}\n/home/${user}\n0022\n`, 7]);
  });

  test("streams are apart, input comes through and ends", async () => {
    const input = Buffer.alloc(300_000, "x");
    expect(await ssh(shared.cluster.nodes[0], "wc -c; echo lost >&2", input)).toMatchObject({
      stdout: "300000\n",
      stderr: "lost\n",
      status: 0,
    });
  });

  test("a command that is killed tells the signal", async () => {
    expect(await ssh(shared.cluster.nodes[0], "kill -KILL $$")).toMatchObject({
      status: null,
      signal: expect.stringMatching(/KILL$/) as string,
    });
  });

  test("tsm is found by a login shell, by its path, and not otherwise", async () => {
    expect((await ssh(shared.cluster.nodes[0], "bash -lc 'tsm status'")).stdout).toBe("Status: RUNNING\n");
    expect((await ssh(shared.cluster.nodes[0], `${tsmPath} status`)).stdout).toBe("Status: RUNNING\n");
    expect((await ssh(shared.cluster.nodes[0], "tsm status")).status).toBe(127);
    expect((await shared.cluster.state()).calls.at(-1)).toMatchObject({ node: "node1", user });
  });

  test("sudo gives root to the login that has it", async () => {
    const { stdout } = await ssh(shared.cluster.nodes[0], "sudo -n id -un");
    // In a namespace of a user who is not root, sudo has nobody to become.
    expect(stdout).toBe({ root: hasSudo && isRoot ? "root\n" : "", sudo: "root\n", tsmadmin: "" }[login]);
  });

  test("the login may write where its way of working needs it", async () => {
    const folders = "/opt/tableau/connectors /var/opt/pulumi-tableau";
    const make = `mkdir -p ${folders} && touch /opt/tableau/connectors/x`;
    const { status } = await ssh(shared.cluster.nodes[0], login === "sudo" ? `sudo -n sh -c '${make}'` : make);
    expect(status).toBe(0);
    const [file] = (await shared.cluster.state()).nodes[0]?.files ?? [];
    expect(file).toMatchObject({
      path: "/opt/tableau/connectors/x",
      mode: "0644",
      owner: login === "tsmadmin" ? "deploy" : "root",
      size: 0,
    });
    expect((await ssh(shared.cluster.nodes[1], "ls /opt/tableau/connectors/x")).status).not.toBe(0);
  });

  test("the server's processes are the node's own, owned by its user, and new after a restart", async () => {
    const list =
      "for p in /proc/[0-9]*; do case $(cat $p/comm) in vizqlserver|flowprocessor) echo $(stat -c %U $p) $(readlink -f $p/exe || echo -) ${p#/proc/};; esac; done";
    const before = (await ssh(shared.cluster.nodes[0], list)).stdout;
    expect(before.match(new RegExp(`^${isRoot ? "tableau" : "root"} `, "gm"))).toHaveLength(2);
    await shared.cluster.tsm(["restart"]);
    const after = (await ssh(shared.cluster.nodes[0], list)).stdout;
    expect(after.match(/ \d+$/gm)).toHaveLength(2);
    expect(after.match(/ \d+$/gm)).not.toEqual(before.match(/ \d+$/gm));
    await shared.cluster.stopServer();
    expect((await ssh(shared.cluster.nodes[0], list)).stdout).toBe("");
    await shared.cluster.startServer();
  });

  test("connectors are loaded at a start only, on each node for itself", async () => {
    const file = "/opt/tableau/connectors/a.taco";
    place(shared.cluster, "node2", file, makeTaco({ class: "a", pluginVersion: "1.0", signed: "fake" }));
    expect((await shared.cluster.state()).nodes.map(({ loaded }) => loaded.length)).toEqual([0, 0]);
    await shared.cluster.tsm(["restart"]);
    const { nodes } = await shared.cluster.state();
    expect(nodes.map(({ loaded }) => loaded.map((one) => [one.class, one.file, one.usable]))).toEqual([[], [["a", file, true]]]);
  });

  test("connections and executions are counted", async () => {
    const count = async (): Promise<number[]> =>
      (await shared.cluster.state()).nodes.flatMap(({ executions, connections }) => [executions, connections]);
    const before = await count();
    await ssh(shared.cluster.nodes[1], "true");
    expect((await count()).map((value, index) => value - (before[index] ?? 0))).toEqual([0, 0, 1, 1]);
  });

  test("the key files say what the connection says", () => {
    const { connection } = shared.cluster.nodes[0] ?? {};
    expect(readFileSync(connection?.privateKeyPath ?? "", "utf8")).toBe(connection?.privateKey);
    expect(statSync(connection?.privateKeyPath ?? "").mode & 0o077).toBe(0);
    expect(connection?.hostKey).toMatch(/^ssh-ed25519 \S+$/);
    expect(shared.cluster.server.privilege).toBe(login === "tsmadmin" ? "none" : undefined);
  });
});
