import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digest, keys, LocalNode } from "./support/node";
import { shells, useAsSh } from "./support/shells";

jest.setTimeout(60_000);

const one = "bytes of one";
const two = "bytes of two";
let node: LocalNode;
beforeEach(() => {
  node = new LocalNode();
});
afterEach(() => {
  node.remove();
});

describe.each(shells())("a delivery, with %s as sh", (shell) => {
  useAsSh(shell);

  test("the same bytes of a live file are copied and need not travel; other bytes and a folder are not", async () => {
    const path = join(node.live, "x.taco");
    writeFileSync(path, one);
    expect((await node.deliver(one, { live: path })).records).toEqual([["wants"], ["copied", digest(one)]]);
    expect(node.files(node.store)).toEqual({ [digest(one)]: one, [`${digest(one)}.info`]: "class\n1.0\nx.taco\n" });
    expect(statSync(join(node.store, digest(one))).mode & 0o777).toBe(0o600);
    writeFileSync(path, "x".repeat(two.length));
    expect(keys(await node.deliver(two, { live: path }))).toEqual(["wants", "delivered"]);
    expect(keys(await node.deliver("a folder", { live: node.live }))).toEqual(["wants", "delivered"]);
    expect(keys(await node.deliver("nothing", { live: join(node.live, "missing.taco") }))).toEqual(["wants", "delivered"]);
  });
});
