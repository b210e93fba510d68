import { isOpen, nextOpening, type RestartWindow } from "../../provider/plan/restart-window";
import { nothing, World } from "../scenarios/support";
import { reportRow } from "./support";

// `new Date()` does not ask the mocked Date.now.
jest.mock("../../provider/vocabulary/wall-clock", () => ({ wallClock: () => new Date(Date.now()) }));

const berlin = (from: string, to: string): RestartWindow => ({ from, to, timeZone: "Europe/Berlin" });
const newYork = (from: string, to: string): RestartWindow => ({ from, to, timeZone: "America/New_York" });

describe("a window on the days when the clocks change", () => {
  test.each<[string, RestartWindow, string, boolean]>([
    ["Berlin, spring: before the hour that is left out", berlin("01:00", "04:00"), "2026-03-29T00:30:00Z", true],
    ["Berlin, spring: 03:00 follows 01:59", berlin("01:00", "03:00"), "2026-03-29T01:00:00Z", false],
    ["Berlin, spring: the left-out hour is never open", berlin("02:00", "03:00"), "2026-03-29T00:59:00Z", false],
    ["Berlin, spring: nor after it", berlin("02:00", "03:00"), "2026-03-29T01:00:00Z", false],
    ["Berlin, autumn: the first 02:30", berlin("02:00", "03:00"), "2026-10-25T00:30:00Z", true],
    ["Berlin, autumn: the second 02:30", berlin("02:00", "03:00"), "2026-10-25T01:30:00Z", true],
    ["Berlin, autumn: after both", berlin("02:00", "03:00"), "2026-10-25T02:00:00Z", false],
    ["Berlin, over midnight into the change", berlin("22:00", "04:00"), "2026-10-25T02:59:00Z", true],
    ["Berlin, over midnight, after it", berlin("22:00", "04:00"), "2026-10-25T03:00:00Z", false],
    ["New York, spring: before", newYork("01:00", "04:00"), "2026-03-08T06:59:00Z", true],
    ["New York, spring: 03:00 follows", newYork("01:00", "03:00"), "2026-03-08T07:00:00Z", false],
    ["New York, autumn: the second 01:30", newYork("01:00", "02:00"), "2026-11-01T06:30:00Z", true],
    ["New York, autumn: after both", newYork("01:00", "02:00"), "2026-11-01T07:00:00Z", false],
  ])("%s", (_what, window, at, open) => {
    expect(isOpen(window, new Date(at))).toBe(open);
  });

  test.each<[string, RestartWindow, string, string]>([
    ["Berlin, winter time", berlin("22:00", "23:00"), "2026-03-28T12:00:00Z", "2026-03-28T21:00:00.000Z"],
    ["Berlin, the next day is summer time", berlin("22:00", "23:00"), "2026-03-28T22:30:00Z", "2026-03-29T20:00:00.000Z"],
    ["Berlin, a window that is left out opens the day after", berlin("02:00", "03:00"), "2026-03-28T12:00:00Z", "2026-03-30T00:00:00.000Z"],
    [
      "Berlin, a window that begins in the left-out hour opens at its end",
      berlin("02:30", "04:00"),
      "2026-03-29T00:00:00Z",
      "2026-03-29T01:00:00.000Z",
    ],
    ["Berlin, winter time again", berlin("22:00", "23:00"), "2026-10-24T21:30:00Z", "2026-10-25T21:00:00.000Z"],
    [
      "New York, by the day of the week there",
      { ...newYork("23:00", "01:00"), days: ["sat"] },
      "2026-10-31T12:00:00Z",
      "2026-11-01T03:00:00.000Z",
    ],
  ])("the next opening: %s", (_what, window, after, opens) => {
    expect(nextOpening(window, new Date(after))?.toISOString()).toBe(opens);
  });
});

describe("a restart window on a server", () => {
  let world: World;
  let a1: string, a2: string;
  beforeAll(async () => {
    world = await World.start();
    [a1, a2] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0")];
    expect(await world.stack().up(world.program({ a: a1 }))).toMatchObject({ errors: [] });
  });
  afterAll(() => world.stop());
  afterEach(() => world.cluster.clearFaults());

  test("outside it nothing live changes; inside it one restart without any change of the program; destroy waits too", async () => {
    const stack = world.stack();
    // Open in two hours, by the clock of this machine and of the node.
    const restartWindow = windowIn(2);
    const program = world.program({ a: a2 }, { restartWindow, disableVerifyConnectorPluginSignature: true });
    const before = await world.live();

    world.said.length = 0;
    await stack.preview(program);
    expect(world.said.join("\n")).toMatch(/The restart window opens at 2/);
    const held = await world.cost(async () =>
      expect(await stack.up(program)).toMatchObject({ errors: [], steps: { a: "update", config: "update" } }),
    );
    expect(held).toMatchObject({ restarts: 0, applies: 0, calls: [] });
    expect(await world.live()).toEqual(before);
    const opening = nextOpening(restartWindow, new Date())?.toISOString() ?? "";
    expect(stack.get("config")?.outs["activationDue"]).toContain(opening);
    // Delivered and checked on every node.
    for (const { files } of (await world.cluster.state()).nodes) {
      expect(files.filter(({ path }) => /\/store\/[0-9a-f]{64}$/.test(path))).toHaveLength(2);
    }

    // Held again, as often as one likes.
    expect(await world.cost(() => stack.up(program))).toMatchObject({ restarts: 0, calls: [] });
    const refused = await world.cost(async () => {
      const { errors } = await stack.destroy();
      expect(errors).toEqual([expect.stringContaining(`the restart window opens at ${opening}`)]);
      expect(errors[0]).toMatch(/Run `pulumi destroy` then/);
    });
    expect(refused).toMatchObject({ restarts: 0, calls: [] });
    expect(await world.live()).toEqual(before);

    // Two and a half hours later, on the node and here.
    await world.cluster.fault("clock-skew", "9000");
    const realNow = Date.now.bind(Date);
    const clock = jest.spyOn(Date, "now").mockImplementation(() => realNow() + 9_000_000);
    const inside = await world.cost(async () => expect(await stack.up(program)).toMatchObject({ errors: [], steps: { config: "update" } }));
    clock.mockRestore();
    expect(inside).toMatchObject({ restarts: 1, applies: 1 });
    expect(stack.get("config")?.outs["activationDue"] ?? null).toBeNull();
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0"], ["a_jdbc 1.1.0"]]);
    expect(await world.cost(() => stack.up(program))).toEqual(nothing);
    expect(await world.cost(async () => expect(await stack.destroy()).toMatchObject({ errors: [] }))).toMatchObject({ restarts: 1 });
    reportRow({ part: "maintenance window", what: "held, then activated, and destroy", ran: 1, of: 1, failed: 0 });
  });

  test("a node whose clock is wrong keeps the window closed, and that is said", async () => {
    const stack = world.stack("other");
    const program = world.program({ a: a1 }, { restartWindow: windowIn(-1) });
    await world.cluster.fault("clock-skew", "-18000");
    const held = await world.cost(async () => expect(await stack.up(program)).toMatchObject({ errors: [] }));
    expect(held).toMatchObject({ restarts: 0 });
    expect(world.said.join("\n")).toMatch(/clock is \d+ seconds behind this machine's/);
    await world.cluster.clearFaults();
    expect(await world.cost(() => stack.up(program))).toMatchObject({ restarts: 1 });
    expect(await stack.destroy()).toMatchObject({ errors: [] });
  });
});

/** Two hours long, beginning in so many hours. */
function windowIn(hours: number): RestartWindow {
  const at = (offset: number): string => new Date(Date.now() + offset * 3_600_000).toISOString().slice(11, 16);
  return { from: at(hours), to: at(hours + 2), timeZone: "UTC" };
}
