import { SessionGate } from "../../../provider/host/script/session-gate";

/** A gate, with a list of what happens. */
function gateOf(limit: number): {
  readonly gate: SessionGate;
  readonly seen: string[];
  readonly enter: (name: string) => Promise<void>;
  readonly turn: () => Promise<void>;
} {
  const seen: string[] = [];
  const gate = new SessionGate(
    limit,
    () => new Error("exhausted"),
    () => undefined,
  );
  const enter = async (name: string): Promise<void> => {
    await gate.enter("run");
    seen.push(`${name} enters`);
  };
  return { gate, seen, enter, turn: () => new Promise((resolve) => setImmediate(resolve)) };
}

describe("sessions that rest", () => {
  const resting = (seen: string[], name: string): { end: () => void } => ({ end: () => seen.push(`${name} is ended`) });

  test("stay while nobody wants their places", async () => {
    const { gate, seen, enter } = gateOf(3);
    await enter("a");
    gate.rest(resting(seen, "a"));
    await enter("b");
    await enter("c");
    expect(seen).toEqual(["a enters", "b enters", "c enters"]);
    expect(gate.busy).toBe(2);
  });

  test("are ended for those who wait, one for each, who enter when they have left", async () => {
    const { gate, seen, enter, turn } = gateOf(3);
    const [a, b] = [resting(seen, "a"), resting(seen, "b")];
    for (const name of ["a", "b", "c"]) await enter(name);
    gate.rest(a);
    gate.rest(b);
    void enter("d");
    await turn();
    expect(seen.slice(3)).toEqual(["a is ended"]);
    expect(gate.wake(a)).toBe(false);
    // It counts until it has left.
    expect(gate.busy).toBe(2);
    gate.leave("run", a);
    await turn();
    expect(seen.slice(3)).toEqual(["a is ended", "d enters"]);
    expect(gate.wake(b)).toBe(true);
    expect(gate.busy).toBe(3);
  });

  test("are ended as soon as they rest where somebody waits already", async () => {
    const { gate, seen, enter, turn } = gateOf(1);
    await enter("a");
    void enter("b");
    const a = resting(seen, "a");
    gate.rest(a);
    expect(seen).toEqual(["a enters", "a is ended"]);
    gate.leave("run", a);
    await turn();
    expect(seen.at(-1)).toBe("b enters");
  });

  test("make room where the server refuses one more", async () => {
    const { gate, seen, enter, turn } = gateOf(8);
    await enter("a");
    const a = resting(seen, "a");
    gate.rest(a);
    await enter("b");
    expect(gate.willFree("run")).toBe(true);
    void gate.enterAgainWithLowerLimit("run").then(() => seen.push("b enters again"));
    await turn();
    expect(seen.slice(2)).toEqual(["a is ended"]);
    gate.leave("run", a);
    await turn();
    expect(seen.at(-1)).toBe("b enters again");
    void enter("c");
    await turn();
    expect(seen.at(-1)).toBe("b enters again");
  });
});
