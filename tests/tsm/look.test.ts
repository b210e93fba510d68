import { createTsm } from "../../provider/tsm/create-tsm";
import type { Tsm } from "../../provider/tsm/tsm";
import { FakeClock } from "./support/fake-clock";
import { FakeHost, type FakeTsm } from "./support/fake-host";
import { server } from "./support/fake-server";

function connect(fake: FakeTsm): { host: FakeHost; tsm: Tsm } {
  const host = new FakeHost(fake);
  return { host, tsm: createTsm(host, { requestTimeoutSeconds: 1800, commandTimeoutSeconds: 60 }, new FakeClock()) };
}

test.each([
  ["a restart", "processes", /^status/],
  ["an apply", "configuration", /^(status|configuration|pending-changes)/],
] as const)("after %s does not ask again what that does not change", async (_, changed, again) => {
  const { host, tsm } = connect(server());
  const view = await tsm.look();
  const asked = host.commands.length;
  expect(await tsm.look({ view, changed })).toEqual(view);
  expect(host.commands.slice(asked)).toEqual(host.commands.slice(0, asked).filter((one) => again.test(one)));
});

test("of jobs that ran before a restart none is left", async () => {
  const { tsm } = connect(server({ "jobs list": { stdout: "5 DeploymentsJob Running\n" } }));
  const view = await tsm.look();
  expect((await tsm.look({ view, changed: "processes" })).runningJobs).toEqual([]);
});
