import { holdLock } from "../../provider/activation/hold-lock";
import type { Target } from "../../provider/activation/target";
import { onlyBegins } from "../host/support/silent-servers";
import { startHost } from "../host/support/start-host";

const short = 0.3;

/** A target of which only the lock is asked for. */
async function targetWhose(exec: typeof onlyBegins): Promise<Target> {
  const { host } = await startHost({ exec }, { waits: { sessionEnd: short } });
  const timeouts = { command: 20, restart: short, ready: 20 };
  return { name: "prod", hosts: [host], stateDirectory: "/var/opt/pulumi-tableau", timeouts } as unknown as Target;
}

const report = { step: () => undefined } as never;
const record = (nonce: string, text: string): string => `<<pulumi-tableau ${nonce} ${String(text.length)}>>${text}\n`;

test("a node that says nothing of the lock, as where its file system hangs, is not waited for", async () => {
  await expect(holdLock(await targetWhose(onlyBegins), "me", report, short)).rejects.toMatchObject({
    code: "host-timeout",
    node: "node1",
    message: expect.stringMatching(/did not say in time whether the lock of prod is free\. See whether the file system of \/var\/opt/),
  });
});

test("a node that says for ever that somebody holds the lock is not waited for either", async () => {
  const waiting: typeof onlyBegins = (command, channel) => {
    onlyBegins(command, channel);
    const nonce = /pt_n=([0-9a-f]+)/.exec(command)?.[1] ?? "";
    const more = setInterval(() => channel.write(record(nonce, "\twaiting\tsomebody")), 50);
    channel.on("close", () => clearInterval(more));
  };
  await expect(holdLock(await targetWhose(waiting), "me", report, short)).rejects.toMatchObject({ code: "host-timeout" });
});
