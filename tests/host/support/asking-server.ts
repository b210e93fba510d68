import { type AuthContext, type KeyboardAuthContext, type PasswordAuthContext, type Prompt, Server } from "ssh2";
import type { AddressInfo } from "node:net";
import { soundKeyPair } from "../../../simulator/nodes/sound-key-pair";
import { publicLine } from "./ssh-server";

/** One round of questions, as PAM asks them. */
export interface Round {
  readonly name?: string;
  readonly instructions?: string;
  readonly prompts: readonly Prompt[];
}

/** A server that asks in rounds and lets nobody in. */
export interface AskingServer {
  readonly port: number;
  readonly hostKey: string;
  /** What it was told, round by round. */
  readonly told: readonly (readonly string[])[];
  close(): void;
}

const keys = soundKeyPair();

/** Starts one; by default it refuses a password and asks instead. */
export async function startAskingServer(
  rounds: readonly Round[],
  onPassword: (context: PasswordAuthContext) => void = (context) => context.reject(["keyboard-interactive"]),
): Promise<AskingServer> {
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
  return { port: (server.address() as AddressInfo).port, hostKey: publicLine(keys.private), told, close: () => void server.close() };
}

/** A question whose answer is not shown. */
export function hidden(prompt: string): Prompt {
  return { prompt, echo: false };
}
