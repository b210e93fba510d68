import { PassThrough } from "node:stream";
import { noCounts } from "../../../../provider/host/counts";
import { KeptShell } from "../../../../provider/host/script/kept/kept-shell";
import { waits } from "../../../../provider/host/limits";
import type { KeepableProcess } from "../../../../provider/host/script/running-process";
import { script } from "../../support/contract";

const tick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** A shell whose process is made of streams, and what it was told. */
function shellOf(): { readonly shell: KeptShell; readonly told: string[]; readonly answer: (nonce: string) => Promise<void> } {
  const told: string[] = [];
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const process: KeepableProcess = {
    ...{ stdin, stdout, stderr, ended: new Promise(() => undefined) },
    stop: () => void told.push("stop"),
    rest: () => void told.push("rest"),
    wake: () => "ready",
    dismiss: () => void told.push("dismiss"),
  };
  const where = { node: "node1", user: "me", counts: noCounts(), waits };
  const shell = new KeptShell(process, { where, idleSeconds: waits.keptShellIdle, onRest: () => undefined, onEnd: () => undefined });
  const answer = async (nonce: string): Promise<void> => {
    stderr.write(`<<pulumi-tableau ${nonce} end 0>>\n`);
    stdout.write(`<<pulumi-tableau ${nonce} begin>>\n<<pulumi-tableau ${nonce} end 0>>\n`);
    await tick();
    await tick();
  };
  return { shell, told, answer };
}

const turn = (nonce: string) => ({ script: script(""), nonce, onRecord: () => undefined });

describe("a shell that is given nothing", () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ["nextTick"] }));
  afterEach(() => jest.useRealTimers());

  test("for a minute ends, and one that is given something does not", async () => {
    const { shell, told, answer } = shellOf();
    shell.follow(turn("n1"));
    jest.advanceTimersByTime(100_000);
    expect(told).toEqual([]);
    await answer("n1");
    expect(told).toEqual(["rest"]);
    jest.advanceTimersByTime(59_000);
    expect(shell.wake()).toBe("ready");
    const exchange = shell.give(turn("n2"), "");
    jest.advanceTimersByTime(100_000);
    expect(told).toEqual(["rest"]);
    await answer("n2");
    expect(await exchange.answer).toMatchObject({ status: 0 });
    jest.advanceTimersByTime(59_000);
    expect(told).toEqual(["rest", "rest"]);
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual(["rest", "rest", "dismiss"]);
  });
});
