import type { PasswordAuthContext } from "ssh2";
import { HostPool } from "../../../provider/host";
import { Secret } from "../../../provider/vocabulary/secret";
import { type AskingServer, hidden, type Round, startAskingServer } from "../support/asking-server";
import { script } from "../support/contract";
import { node } from "../support/node";
import { closeLater } from "../support/start-host";

const secret = "marker-pw-4711";

async function asking(rounds: readonly Round[], onPassword?: (context: PasswordAuthContext) => void): Promise<AskingServer> {
  const server = await startAskingServer(rounds, onPassword);
  closeLater(() => {
    server.close();
  });
  return server;
}

async function failure({ port, hostKey }: AskingServer): Promise<Error> {
  const pool = new HostPool({ agentOfEnvironment: "" });
  closeLater(() => pool.close());
  const host = pool.host(node(port, { password: new Secret(secret), hostKey, dialErrorLimit: 1 }));
  return await host.run(script("")).then(
    () => Promise.reject(new Error("it did not fail")),
    (error: unknown) => error as Error,
  );
}

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
  const server = await asking([{ prompts: [hidden(prompt)] }, { prompts: [hidden(prompt)] }]);
  await failure(server);
  expect(server.told).toEqual([[secret], [""]]);
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
  const server = await asking([round]);
  const error = await failure(server);
  expect(error).toMatchObject({ code: "host-login-refused", message: expect.stringMatching(message) });
  expect(server.told.flat().join("")).toBe("");
  expect(`${error.stack}${JSON.stringify(error)}`).not.toContain("marker");
});

test("a code after the password is told as one", async () => {
  const server = await asking([{ prompts: [hidden("Password: ")] }, { prompts: [hidden("Verification code: ")] }]);
  expect((await failure(server)).message).toMatch(/one-time code/);
  expect(server.told).toEqual([[secret], [""]]);
});

test("a server that wants a new password in place of the old one is not waited for", async () => {
  const server = await asking([], (context) => context.requestChange("Your password has expired", () => undefined));
  expect(await failure(server)).toMatchObject({
    code: "host-login-refused",
    message: expect.stringMatching(/must be changed first; tried: password/),
  });
});

test("words for the terminal in a question do not reach it", async () => {
  const server = await asking([{ prompts: [hidden("\u001b[2JToken: ")] }]);
  expect((await failure(server)).message).not.toContain("\u001b");
});
