import { World } from "../scenarios/support";
import { byExtent, reportRow } from "./support";
import { runProvider } from "./support/provider-job";

const operationsInOneRun = byExtent({ bounded: 40, whole: 500 });

describe("one provider process", () => {
  let world: World;
  beforeAll(async () => (world = await World.start()));
  afterAll(() => world.stop());

  test("does not grow over many operations", async () => {
    const packages = ["1.0.0", "1.1.0"].map((version) => world.package("a_jdbc", version));
    const { errors, footprints } = await runProvider({
      stack: "dev",
      programs: packages.map((path) => world.program({ a: path })),
      repeat: operationsInOneRun,
      resources: [],
      folder: world.folder,
    });
    expect(errors).toEqual([]);
    expect(footprints).toHaveLength(operationsInOneRun / 10);
    const [, first, ...more] = footprints;
    const last = more.at(-1);
    if (first === undefined || last === undefined) throw new Error("The process told nothing of itself.");
    const grown = Object.fromEntries(
      (["heap", "handles", "timers", "files", "sockets"] as const).map((name) => [name, last[name] - first[name]]),
    );
    const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
    const figures = {
      ...grown,
      heap: `${megabytes(first.heap)} to ${megabytes(last.heap)}`,
      sockets: `${first.sockets} to ${last.sockets}`,
    };
    reportRow({ part: "one process", what: "operations in a row", ran: operationsInOneRun, of: 500, failed: 0, figures });
    expect(grown["handles"]).toBeLessThanOrEqual(0);
    expect(grown["sockets"]).toBeLessThanOrEqual(0);
    expect(grown["files"]).toBeLessThanOrEqual(0);
    // Compiled code and caches of the runtime still settle; what an operation leaves behind would be more.
    expect(grown["heap"]).toBeLessThan(2_000_000 + operationsInOneRun * 4_000);
  }, 3_600_000);
});
