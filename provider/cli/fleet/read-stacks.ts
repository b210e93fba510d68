import { isObject } from "../../vocabulary/is-object";
import { UsageError } from "../command";
import { hideSecrets, revealSecrets } from "../server/reveal-secrets";
import { pulumi } from "./pulumi";
import { toStackState, unreadStack, type StackState } from "./stack-state";

/** Which stacks a fleet is of. */
export type StackChoice = "all" | "of this project" | readonly string[];

/** Engines at the same time. */
const atOnce = 4;

/** The stacks that are chosen, with their secrets hidden or shown; one that cannot be read says why. */
export async function readStacks(choice: StackChoice, secrets: "hidden" | "shown"): Promise<StackState[]> {
  const names = typeof choice === "string" ? await listStacks(choice) : [...new Set(choice)];
  const states: StackState[] = [];
  for (let i = 0; i < names.length; i += atOnce) {
    const some = await Promise.all(names.slice(i, i + atOnce).map((name) => readStack(name, secrets)));
    for (const state of some) states.push(state);
  }
  return states;
}

async function listStacks(choice: "all" | "of this project"): Promise<string[]> {
  const stacks = await pulumi("stack", "ls", "--json", ...(choice === "all" ? ["--all"] : []));
  if (!Array.isArray(stacks)) return [];
  return stacks.flatMap((stack: unknown) => (isObject(stack) && typeof stack["name"] === "string" ? [stack["name"]] : []));
}

async function readStack(name: string, secrets: "hidden" | "shown"): Promise<StackState> {
  try {
    const exported = await pulumi("stack", "export", "--stack", name);
    const state = toStackState(name, hideSecrets(exported));
    return secrets === "hidden" || state.resources.length === 0 ? state : await withSecrets(state);
  } catch (error) {
    if (error instanceof UsageError) return unreadStack(name, error.message);
    throw error;
  }
}

// Without them nobody reaches a node, but what Pulumi saw last is there all the same.
async function withSecrets(hidden: StackState): Promise<StackState> {
  const { name, resources } = hidden;
  try {
    return toStackState(name, revealSecrets(await pulumi("stack", "export", "--show-secrets", "--stack", name)));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const why = `Its secrets could not be read. ${error.message.trim()}`;
    return { ...hidden, resources: resources.map((one) => ({ ...one, looked: { by: "us, in vain", why } })) };
  }
}
