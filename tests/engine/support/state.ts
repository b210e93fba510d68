import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "./project";
import type { ResourceState } from "./result";

/** What marks secrets, assets and references to resources, which only the engine can read. */
const signature = "4dabf18193072939515e22adb298388d";

/** Whether the backend has the stack. */
export function isThere(project: Project, stack: string): boolean {
  return existsSync(stateFile(project, stack));
}

/** The resources in the state of a stack that the backend has, as `pulumi stack export` prints them. */
export function readResources(project: Project, stack: string): ResourceState[] {
  const { checkpoint } = JSON.parse(readFileSync(stateFile(project, stack), "utf8")) as {
    checkpoint: { latest?: { resources?: ResourceState[] } };
  };
  return checkpoint.latest?.resources ?? [];
}

/** The outputs of the stack, unless the engine is needed to read them. */
export function readOutputs(project: Project, stack: string): Readonly<Record<string, unknown>> | undefined {
  const outputs = readResources(project, stack).find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  return JSON.stringify(outputs).includes(signature) ? undefined : outputs;
}

// A copied folder has a name of its own.
function stateFile({ backend, directory, name }: Project, stack: string): string {
  const settings = readFileSync(join(directory, "Pulumi.yaml"), "utf8");
  return join(backend.state, ".pulumi", "stacks", /^name: *(\S+)/m.exec(settings)?.[1] ?? name, `${stack}.json`);
}
