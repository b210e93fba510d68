import { isDeepStrictEqual } from "node:util";
import { certificateLifecycle } from "../../../provider/lifecycle/certificate";
import { configLifecycle } from "../../../provider/lifecycle/config";
import { driverLifecycle } from "../../../provider/lifecycle/driver";
import { connectorLifecycle } from "../../../provider/lifecycle/connector";
import type { CheckFailure, Lifecycle, Properties } from "../../../provider/lifecycle/lifecycle";
import { PartialFailure } from "../../../provider/lifecycle/partial-failure";
import type { Services } from "../../../provider/lifecycle/services";
import { certificateOf, configsOf, connectorOf, driverOf, type Program, type ResourceKind, type ResourceOfProgram } from "./program";

/** One resource in the state of a stack. */
export interface ResourceState {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly inputs: Properties;
  readonly outs: Properties;
  /** The last operation on it failed half way: the next `up` updates it whatever its inputs are. */
  readonly initError?: true;
}

export interface Operation {
  /** By URN's last part: `create`, `update`, `delete`, `same`; for a refresh `refresh`. */
  readonly steps: Readonly<Record<string, string>>;
  /** Errors of resources, in words; none: the operation succeeded. */
  readonly errors: readonly string[];
}

/**
 * What Pulumi's engine does with one stack, in its order: connectors are created and updated together, then the config,
 * then what was dropped is deleted, the config first. A failure ends the operation; what it leaves is kept as the state.
 */
export class StackImitation {
  readonly resources = new Map<string, ResourceState>();
  /** Every error of this stack so far, in words. */
  readonly errors: string[] = [];
  readonly #services: Services;

  constructor(
    readonly name: string,
    services: Services,
  ) {
    this.#services = services;
  }

  // Each operation has a provider process of its own.
  #provider(): Lifecycles {
    const services = this.#services;
    return {
      connector: connectorLifecycle(services),
      driver: driverLifecycle(services),
      certificate: certificateLifecycle(services),
      config: configLifecycle(services),
    };
  }

  /**
   * The same state under another stack's name, as `pulumi stack rename`, or an export that is imported elsewhere, leaves it: the engine's
   * names follow, what the resources hold does not.
   */
  copyTo(name: string): StackImitation {
    const copy = new StackImitation(name, this.#services);
    for (const [urn, state] of this.resources) copy.resources.set(urn.replace(`urn:pulumi:${this.name}::`, `urn:pulumi:${name}::`), state);
    return copy;
  }

  /** State of the resource of that name. */
  get(name: string): ResourceState | undefined {
    return [...this.resources].find(([urn]) => urn.endsWith(`::${name}`))?.[1];
  }

  /** The sentence of each resource that differs from the program, and what would be done. Touches nothing. */
  async preview(program: Program): Promise<Operation> {
    return await this.#run(program, "preview");
  }

  async up(program: Program): Promise<Operation> {
    return await this.#run(program, "up");
  }

  async refresh(): Promise<Operation> {
    const steps: Record<string, string> = {};
    const errors: string[] = [];
    const lifecycles = this.#provider();
    await Promise.all(
      [...this.resources].map(async ([urn, state]) => {
        const lifecycle = lifecycles[state.kind];
        const found = await lifecycle.read(state.id, state.outs).catch((error: unknown) => {
          errors.push(this.#wordsOf(error));
          return undefined;
        });
        if (found === undefined) return;
        if (found === null) {
          this.resources.delete(urn);
          return;
        }
        const fresh = { kind: state.kind, id: state.id, inputs: json(found.inputs), outs: json(found.outs) };
        await lifecycle.diff(state.id, fresh.outs, state.inputs);
        this.resources.set(urn, fresh);
        steps[nameOf(urn)] = isDeepStrictEqual(fresh.inputs, state.inputs) ? "same" : "refresh";
      }),
    );
    return { steps, errors };
  }

  async destroy(): Promise<Operation> {
    return await this.#delete(this.#provider(), [...this.resources.keys()], {});
  }

  async #run(program: Program, how: "preview" | "up"): Promise<Operation> {
    const steps: Record<string, string> = {};
    const errors: string[] = [];
    const wanted = new Set<string>();
    const lifecycles = this.#provider();
    const one = async (resource: ResourceOfProgram): Promise<Properties> => {
      wanted.add(resource.urn);
      try {
        return await this.#step(lifecycles, resource, how, steps);
      } catch (error) {
        errors.push(this.#wordsOf(error));
        return {};
      }
    };
    const certificates = await Promise.all(Object.keys(program.trust ?? {}).map((name) => one(certificateOf(program, this.name, name))));
    // A connector needs the outputs of its certificates.
    if (errors.length > 0) return { steps, errors };
    const [connectors, drivers] = await Promise.all([
      Promise.all(Object.keys(program.connectors).map((name) => one(connectorOf(program, this.name, name, certificates)))),
      Promise.all(Object.keys(program.drivers ?? {}).map((name) => one(driverOf(program, this.name, name)))),
    ]);
    // The engine checks one resource after the other, and works on them side by side.
    const configs = errors.length === 0 ? configsOf(program, this.name, connectors, drivers, certificates) : [];
    for (const config of configs) await one(config);
    if (errors.length > 0) return { steps, errors };
    const dropped = [...this.resources.keys()].filter((urn) => !wanted.has(urn));
    if (how === "up") return await this.#delete(lifecycles, dropped, steps);
    return { steps: { ...steps, ...Object.fromEntries(dropped.map((urn) => [nameOf(urn), "delete"])) }, errors };
  }

  async #step(
    lifecycles: Lifecycles,
    { kind, name, urn, inputs: given }: ResourceOfProgram,
    how: "preview" | "up",
    steps: Record<string, string>,
  ): Promise<Properties> {
    const lifecycle = lifecycles[kind];
    const old = this.resources.get(urn);
    const checked = await lifecycle.check(old?.inputs ?? {}, json(given));
    if (checked.failures.length > 0) throw new Error(checked.failures.map(describeFailure).join("\n"));
    const inputs = json(checked.inputs);
    if (old === undefined) {
      steps[name] = "create";
      if (how === "preview") return inputs;
      return await this.#apply(kind, urn, inputs, () => lifecycle.create(inputs));
    }
    const { changes } = await lifecycle.diff(old.id, old.outs, inputs);
    if (changes === undefined && old.initError === undefined && isDeepStrictEqual(old.inputs, inputs)) {
      steps[name] = "same";
      return old.outs;
    }
    steps[name] = "update";
    if (how === "preview") return inputs;
    return await this.#apply(kind, urn, inputs, async () => ({ id: old.id, ...(await lifecycle.update(old.id, old.outs, inputs)) }));
  }

  async #apply(
    kind: ResourceState["kind"],
    urn: string,
    inputs: Properties,
    work: () => Promise<{ id: string; outs: Properties }>,
  ): Promise<Properties> {
    try {
      const { id, outs } = await work();
      this.resources.set(urn, { kind, id, inputs, outs: json(outs) });
      return json(outs);
    } catch (error) {
      if (error instanceof PartialFailure) {
        this.resources.set(urn, { kind, id: error.id, inputs, outs: json(error.properties), initError: true });
      }
      throw error;
    }
  }

  #wordsOf(error: unknown): string {
    const words = error instanceof Error ? error.message : String(error);
    this.errors.push(words);
    return words;
  }

  async #delete(lifecycles: Lifecycles, urns: readonly string[], before: Readonly<Record<string, string>>): Promise<Operation> {
    const steps: Record<string, string> = { ...before };
    const configsFirst = [...urns].sort((a, b) => kindRank(this.resources.get(a)) - kindRank(this.resources.get(b)));
    for (const urn of configsFirst) {
      const state = this.resources.get(urn);
      if (state === undefined) continue;
      try {
        await lifecycles[state.kind].delete(state.id, state.outs);
      } catch (error) {
        return { steps, errors: [this.#wordsOf(error)] };
      }
      this.resources.delete(urn);
      steps[nameOf(urn)] = "delete";
    }
    return { steps, errors: [] };
  }
}

type Lifecycles = Readonly<Record<ResourceKind, Lifecycle>>;

function kindRank(state: ResourceState | undefined): number {
  return state?.kind === "config" ? 0 : 1;
}

// What goes to the engine and comes back is JSON.
function json(value: unknown): Properties {
  return JSON.parse(JSON.stringify(value)) as Properties;
}

function describeFailure({ property, reason }: CheckFailure): string {
  return `${property}: ${reason}`;
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}
