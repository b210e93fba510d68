import { TableauError } from "../vocabulary/error";
import { withCredentialsOfState } from "../lifecycle/credentials-of-state";
import { isOfDynamicResource, toLifecycle } from "../lifecycle/server/written-shape";
import type { CheckFailure, Lifecycle, Properties } from "../lifecycle/lifecycle";
import { urnOf } from "../lifecycle/urn-of";
import { printable } from "../vocabulary/printable";
import { PartialFailure } from "../lifecycle/partial-failure";
import { quietError } from "./quiet-errors";

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
      const { inputs, failures } = await orSentence(() => lifecycle().check(ofOtherDoor(olds, news), news));
      return {
        inputs: toJson({ ...inputs, schemaVersion }),
        failures: failures.map(({ property, reason }) => ({ property, reason: printable(reason) })),
      };
    },
    async diff(id, olds, news) {
      return { ...(await orSentence(() => lifecycle().diff(id, ofOtherDoor(olds, news), news))), replaces: [] };
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
      const { outs } = await orPartialFailure(news, () => lifecycle().update(id, ofOtherDoor(olds, news), news));
      return { outs: toJson(outs) };
    },
    async delete(id, olds) {
      await orSentence(() => lifecycle().delete(id, olds));
    },
  };
}

// A resource that was moved from the provider plugin to this door has a state in the shape that people write.
function ofOtherDoor(olds: Properties, news: Properties): Properties {
  return Object.keys(olds).length === 0 || isOfDynamicResource(olds) ? olds : toLifecycle(olds, urnOf(news));
}

// `properties` is taken as it is: without __provider the resource could never be read or deleted again.
async function orPartialFailure<T>(inputs: Properties, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const sentence = quietError(sentenceOf(error));
    if (!(error instanceof PartialFailure)) throw sentence;
    const { id, properties } = error;
    throw Object.assign(sentence, {
      id,
      reasons: [sentence.message],
      properties: toJson({ ...properties, __provider: inputs["__provider"] }),
    });
  }
}

async function orSentence<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw quietError(sentenceOf(error));
  }
}

/** What a person reads, with the word under which docs/errors.md answers it. */
export function sentenceOf(error: unknown): string {
  const known = error instanceof PartialFailure ? error.cause : error;
  if (known instanceof TableauError) return `${known.message} (${known.code})`;
  return printable(error instanceof Error ? error.message : String(error));
}

/**
 * The plain JSON of properties. The engine's protocol refuses `undefined` after the side effect has happened, and the
 * resource would be lost from the state; the same goes for text that is no UTF-8, such as a file name of a node.
 */
export function toJson(properties: Properties): Properties {
  // JSON.stringify writes halves of characters as escapes, and nothing else as one that begins so.
  const json = JSON.stringify(properties).replace(/\\\\|\\ud[89a-f][0-9a-f]{2}/g, (escape) => (escape === "\\\\" ? escape : `\\${escape}`));
  return JSON.parse(json) as Properties;
}
