import { TableauError } from "../error";
import { withCredentialsOfState } from "../lifecycle/credentials-of-state";
import type { CheckFailure, Lifecycle, Properties } from "../lifecycle/lifecycle";
import { PartialFailure } from "../lifecycle/partial-failure";
import { toJson } from "./to-json";

/** A provider as Pulumi's dynamic-provider server calls it. */
export interface DynamicProvider {
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: CheckFailure[] }>;
  diff(id: string, olds: Properties, news: Properties): Promise<{ changes?: true; replaces: string[] }>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  read(id: string, olds: Properties): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, olds: Properties): Promise<void>;
}

const schemaVersion = 1;

/**
 * Serves a lifecycle, asked for when it is first needed, to Pulumi's dynamic-provider server: everything returned is plain JSON, states carry their schema
 * version, a half-done change carries its true state, and an error is its sentence.
 */
export function toDynamicProvider(lifecycle: () => Lifecycle): DynamicProvider {
  return {
    async check(olds, news) {
      const { inputs, failures } = await lifecycle().check(olds, news);
      return { inputs: toJson({ ...inputs, schemaVersion }), failures: [...failures] };
    },
    async diff(id, olds, news) {
      return { ...(await lifecycle().diff(id, olds, news)), replaces: [] };
    },
    async create(inputs) {
      const { id, outs } = await orPartialFailure(inputs, () => lifecycle().create(inputs));
      return { id, outs: toJson(outs) };
    },
    async read(id, olds) {
      const found = await orSentence(() => withCredentialsOfState(() => lifecycle().read(id, olds)));
      if (found === null) return {};
      return { id, props: toJson(found.outs), inputs: toJson({ ...found.inputs, schemaVersion }) };
    },
    async update(id, olds, news) {
      const { outs } = await orPartialFailure(news, () => lifecycle().update(id, olds, news));
      return { outs: toJson(outs) };
    },
    async delete(id, olds) {
      await orSentence(() => lifecycle().delete(id, olds));
    },
  };
}

// `properties` is taken as it is: without __provider the resource could never be read or deleted again.
async function orPartialFailure<T>(inputs: Properties, work: () => Promise<T>): Promise<T> {
  try {
    return await orSentence(work);
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    const { message, id, properties, reasons } = error;
    throw Object.assign(new Error(message), {
      id,
      reasons: [...reasons],
      properties: toJson({ ...properties, __provider: inputs["__provider"] }),
    });
  }
}

// Pulumi's server prints an error of check, diff, read or delete with its stack, beside the sentence at the resource: there
// the code is of more use.
async function orSentence<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) error.stack = error instanceof TableauError ? `${error.code}, see docs/errors.md` : "";
    throw error;
  }
}
