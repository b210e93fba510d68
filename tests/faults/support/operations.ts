import type { FaultBench } from "./fault-bench";

/** One of the operations that are interrupted, and that faults meet. */
export interface FaultOperation {
  readonly name: string;
  /** Brings the cluster to where the operation begins, from the end of its last run. */
  readonly prepare: (bench: FaultBench, turn: number) => Promise<void>;
  /** Runs it; gives its errors in words. */
  readonly run: (bench: FaultBench, turn: number) => Promise<readonly string[]>;
  /** What people do when it failed or was interrupted: once more. */
  readonly again: (bench: FaultBench, turn: number) => Promise<readonly string[]>;
  /** Classes and versions that every node has loaded in the end. */
  readonly loaded: (turn: number) => readonly string[];
  /** What the key may be in the end. */
  readonly flags: (turn: number) => readonly ("true" | "false")[];
  /** What other keys are in the end; undefined: not set. */
  readonly keys?: (turn: number) => Readonly<Record<string, string | undefined>>;
  /** Whether somebody else's change may lie pending meanwhile. */
  readonly foreign: "pending" | "none";
}

type Versions = Readonly<Record<string, string>>;

const two: readonly Versions[] = [
  { a: "1.0.0", b: "2.0.0", c: "3.0.0" },
  { a: "1.1.0", b: "2.1.0", c: "3.0.0" },
];
const dropAndAdd: readonly Versions[] = [
  { a: "1.0.0", b: "2.0.0" },
  { a: "1.0.0", c: "3.0.0" },
];
const same: Versions = { a: "1.0.0", b: "2.0.0" };

/** Every operation goes there and back again: what one run left is where the next one begins. */
export const operations: readonly FaultOperation[] = allOperations();

function allOperations(): FaultOperation[] {
  return [
    {
      name: "first deployment",
      prepare: async (bench) => {
        mustSucceed(await destroy(bench));
        await bench.emptyStores();
      },
      run: async (bench) => await up(bench, same),
      again: async (bench) => await up(bench, same),
      ...ends(() => same),
      foreign: "pending",
    },
    toggling("update of two of three", two),
    toggling("drop and add", dropAndAdd),
    {
      name: "key change",
      prepare: async (bench, turn) => mustSucceed(await up(bench, same, flagOf(turn + 1))),
      run: async (bench, turn) => await up(bench, same, flagOf(turn)),
      again: async (bench, turn) => await up(bench, same, flagOf(turn)),
      ...ends(() => same),
      flags: (turn) => [turn % 2 === 0 ? "true" : "false"],
      foreign: "none",
    },
    {
      name: "keys with connectors",
      prepare: async (bench, turn) => {
        mustSucceed(await up(bench, pick(two, turn + 1), keysOf(turn + 1)));
        await bench.emptyStores();
      },
      run: async (bench, turn) => await up(bench, pick(two, turn), keysOf(turn)),
      again: async (bench, turn) => await up(bench, pick(two, turn), keysOf(turn)),
      ...ends((turn) => pick(two, turn)),
      keys: (turn) => ({ [ticketKey]: undefined, ...keysOf(turn).keys }),
      foreign: "none",
    },
    {
      name: "drift repair",
      prepare: async (bench) => {
        mustSucceed(await up(bench, same));
        bench.tamper("node2", "a_jdbc.taco", "change");
        bench.tamper("node3", "b_jdbc.taco", "remove");
        mustSucceed((await bench.stack.refresh()).errors);
      },
      run: async (bench) => await up(bench, same),
      again: async (bench) => await up(bench, same),
      ...ends(() => same),
      foreign: "pending",
    },
    {
      ...toggling("rollback", two),
      run: async (bench, turn) => {
        await bench.fault("restart-fails", "once");
        const errors = await up(bench, pick(two, turn));
        return errors;
      },
      again: async (bench, turn) => {
        await bench.clearFaults();
        await bench.retry();
        return await up(bench, pick(two, turn));
      },
    },
    {
      name: "destroy",
      prepare: async (bench) => mustSucceed(await up(bench, same)),
      run: destroy,
      again: destroy,
      ...ends(() => ({})),
      foreign: "pending",
    },
  ];
}

function toggling(name: string, sides: readonly Versions[]): FaultOperation {
  return {
    name,
    prepare: async (bench, turn) => {
      mustSucceed(await up(bench, pick(sides, turn + 1)));
      await bench.emptyStores();
    },
    run: async (bench, turn) => await up(bench, pick(sides, turn)),
    again: async (bench, turn) => await up(bench, pick(sides, turn)),
    ...ends((turn) => pick(sides, turn)),
    foreign: "pending",
  };
}

function ends(versions: (turn: number) => Versions): Pick<FaultOperation, "loaded" | "flags"> {
  return {
    loaded: (turn) =>
      Object.entries(versions(turn))
        .map(([name, version]) => `${name}_jdbc ${version}`)
        .sort(),
    flags: () => ["true", "false"],
  };
}

async function up(bench: FaultBench, versions: Versions, config: Readonly<Record<string, unknown>> = {}): Promise<readonly string[]> {
  return (await bench.stack.up(bench.program(versions, config))).errors;
}

async function destroy(bench: FaultBench): Promise<readonly string[]> {
  return (await bench.stack.destroy()).errors;
}

function pick(sides: readonly Versions[], turn: number): Versions {
  return sides[turn % sides.length] ?? {};
}

function flagOf(turn: number): { disableVerifyConnectorPluginSignature: boolean } {
  return { disableVerifyConnectorPluginSignature: turn % 2 === 0 };
}

const clientsKey = "oauth.config.clients";
const ticketKey = "wgserver.trusted_hosts";

// One key changes, and one comes and goes.
function keysOf(turn: number): { keys: Readonly<Record<string, string>> } {
  const clients = JSON.stringify([{ "oauth.config.id": `client ${String(turn % 2)}`, "oauth.config.client_secret": "hunter2" }]);
  return { keys: { [clientsKey]: clients, ...(turn % 2 === 0 ? { [ticketKey]: "ours" } : {}) } };
}

function mustSucceed(errors: readonly string[]): void {
  if (errors.length > 0) throw new Error(`The test could not prepare an operation: ${errors.join("\n")}`);
}
