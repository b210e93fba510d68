import { type AuthContext, type KeyboardAuthContext, type PasswordAuthContext, type Prompt, Server } from "ssh2";
import type { AddressInfo } from "node:net";
import { soundKeyPair } from "../../../simulator/nodes/sound-key-pair";
import { HostPool } from "../../../provider/host";
import { Secret } from "../../../provider/vocabulary/secret";
import { script } from "../support/contract";
import { node } from "../support/node";
import { publicLine } from "../support/ssh-server";
import { closeLater } from "../support/start-host";

const keys = soundKeyPair();
const secret = "marker-pw-4711";

interface Round {
  readonly name?: string;
  readonly instructions?: string;
  readonly prompts: readonly Prompt[];
}

/** A server that asks in rounds and lets nobody in; what it was told. */
async function asking(
  rounds: readonly Round[],
  onPassword: (context: PasswordAuthContext) => void = (context) => context.reject(["keyboard-interactive"]),
) {
  const told: string[][] = [];
  const ask = (context: KeyboardAuthContext, left: readonly Round[]): void => {
    const [round, ...rest] = left;
    if (round === undefined) return context.reject(["keyboard-interactive"]);
    context.prompt([...round.prompts], round.name ?? "", round.instructions ?? "", (answers) => {
      told.push([...answers]);
      ask(context, rest);
    });
  };
  const server = new Server({ hostKeys: [keys.private] }, (client) => {
    client.on("error", () => undefined);
    client.on("authentication", (context: AuthContext) => {
      if (context.method === "password") onPassword(context);
      else if (context.method === "keyboard-interactive") ask(context, rounds);
      else context.reject(["password", "keyboard-interactive"]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closeLater(() => void server.close());
  return { port: (server.address() as AddressInfo).port, told };
}

async function failure(port: number): Promise<Error> {
  const pool = new HostPool({ agentOfEnvironment: "" });
  closeLater(() => pool.close());
  const host = pool.host(node(port, { password: new Secret(secret), hostKey: publicLine(keys.private), dialErrorLimit: 1 }));
  return await host.run(script("")).then(
    () => Promise.reject(new Error("it did not fail")),
    (error: unknown) => error as Error,
  );
}

const hidden = (prompt: string): Prompt => ({ prompt, echo: false });

test.each([
  "Password: ",
  "(me@node1) Password:",
  "Passwort: ",
  "Mot de passe : ",
  "Contraseña: ",
  "me@node1's password: ",
  "Пароль: ",
  "パスワード: ",
])("a question for the password gets it once: %j", async (prompt) => {
  const { port, told } = await asking([{ prompts: [hidden(prompt)] }, { prompts: [hidden(prompt)] }]);
  await failure(port);
  expect(told).toEqual([[secret], [""]]);
});

test.each<[string, Round, RegExp]>([
  ["a code", { prompts: [hidden("Verification code: ")] }, /asks for a one-time code \("Verification code:"\)/],
  ["a one-time password", { prompts: [hidden("One-time password (OATH) for `me': ")] }, /asks for a one-time code/],
  ["a passcode", { prompts: [hidden("Enter PASSCODE: ")] }, /asks for a one-time code/],
  ["both at once", { prompts: [hidden("Password & verification code: ")] }, /asks for a one-time code/],
  [
    "Duo",
    { instructions: "Duo two-factor login for me", prompts: [{ prompt: "Passcode or option (1-3): ", echo: true }] },
    /one-time code/,
  ],
  ["an echoed password", { prompts: [{ prompt: "Password: ", echo: true }] }, /asks something that is not understood \("Password:"\)/],
  ["two questions", { prompts: [hidden("Password: "), hidden("Password: ")] }, /not understood/],
  ["a new password", { instructions: "You must change your password now.", prompts: [hidden("New password: ")] }, /must be changed first/],
  ["the old password for a change", { prompts: [hidden("Current password: ")] }, /must be changed first/],
  ["an expired one", { instructions: "Password expired.", prompts: [hidden("Password: ")] }, /must be changed first/],
  ["something else", { prompts: [hidden("Your mother's maiden name: ")] }, /not understood \("Your mother's maiden name:"\)/],
])("%s never gets the password", async (_what, round, message) => {
  const { port, told } = await asking([round]);
  const error = await failure(port);
  expect(error).toMatchObject({ code: "host-login-refused", message: expect.stringMatching(message) });
  expect(told.flat().join("")).toBe("");
  expect(`${error.stack}${JSON.stringify(error)}`).not.toContain("marker");
});

test("a code after the password is told as one", async () => {
  const { port, told } = await asking([{ prompts: [hidden("Password: ")] }, { prompts: [hidden("Verification code: ")] }]);
  expect((await failure(port)).message).toMatch(/one-time code/);
  expect(told).toEqual([[secret], [""]]);
});

test("a server that wants a new password in place of the old one is not waited for", async () => {
  const { port } = await asking([], (context) => context.requestChange("Your password has expired", () => undefined));
  expect(await failure(port)).toMatchObject({
    code: "host-login-refused",
    message: expect.stringMatching(/must be changed first; tried: password/),
  });
});

test("words for the terminal in a question do not reach it", async () => {
  const { port } = await asking([{ prompts: [hidden("\u001b[2JToken: ")] }]);
  expect((await failure(port)).message).not.toContain("\u001b");
});
