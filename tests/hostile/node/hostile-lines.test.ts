import { startHost } from "../../host/support/start-host";

test("a Windows machine whose lines are refused as they come is refused with a code, and nothing is thrown at nobody", async () => {
  const { host } = await startHost({
    software: "OpenSSH_for_Windows_9.5",
    exec: (command, channel) => {
      channel.resume();
      channel.write(`pt-begin\r\n${command.includes("set OS") ? "OS=Windows_NT\r\n" : "a line\r\n".repeat(1000)}`);
      channel.exit(0);
      channel.end();
    },
  });
  const answer = host.run({
    name: "test",
    linux: "",
    windows: async ({ machine, emit }) => {
      await machine.run("x", { onLine: (text) => emit("line", text) });
    },
    args: [],
    as: "login",
    mostHeld: 1000,
    timeoutSeconds: 20,
  });
  await expect(answer).rejects.toMatchObject({
    code: "host-answer-unreadable",
    message: expect.stringMatching(/take more than 1000 bytes/),
  });
});
