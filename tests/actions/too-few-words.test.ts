import { deliver } from "../../provider/actions/deliver";
import { place } from "../../provider/actions/place";
import { digest, LocalNode } from "./support/node";
import { shells, useAsSh } from "./support/shells";

const some = digest("some");

// dash ends where `shift` finds less than it is to take, bash and busybox go on: a loop over words would never end there.
describe.each(shells())("a script that gets too few words, in %s", (shell) => {
  useAsSh(shell);
  let node: LocalNode;
  beforeEach(() => {
    node = new LocalNode();
  });
  afterEach(() => node.remove());

  test.each([
    ["place", place.linux, () => ["retire", node.live, "x.taco"]],
    ["deliver", deliver.linux, () => [some, "4", "class"]],
  ])("ends: %s", async (name, script, words) => {
    const { status } = await node.run(name, script, [node.state, ...words()], Buffer.from("some"));
    expect(status).not.toBe(0);
  });
});
