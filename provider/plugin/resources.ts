import { sentenceOf, toJson } from "../engine/to-dynamic-provider";
import type { Lifecycle, Properties } from "../lifecycle/lifecycle";
import type { KindName } from "../lifecycle/lifecycles";
import type { foundOnServer } from "../lifecycle/found-on-server";
import { PartialFailure } from "../lifecycle/partial-failure";
import { isUnknown, unknownValue } from "../schema/unknown";
import type { Services } from "../lifecycle/services";
import { TableauError } from "../vocabulary/error";
import { printable } from "../vocabulary/printable";
import { compareInputs } from "./compare-inputs";
import type { Configuration } from "./configuration";
import { importable, serverOfId } from "./import";
import { type Kind, kinds, refOf } from "./kinds";
import { pythonNames } from "./python-names";
import { type Path, unwrap, wrap } from "./secrets";
import { type Checked, type Compared, HalfDone, type Operated, type PluginProvider, type Subject } from "./serve";
import { asWritten, isOfDynamicResource, toLifecycle, toWritten } from "../lifecycle/server/written-shape";

type OfResources = Pick<PluginProvider, "check" | "diff" | "create" | "previewOf" | "read" | "update" | "delete" | "list">;

/** Serves the lifecycles to the engine: secrets are unwrapped and wrapped, servers are found by their names, and what people write is split. */
export function resourcesOf(
  lifecycles: Readonly<Record<KindName, () => Lifecycle>>,
  configuration: () => Configuration,
  services: Services,
): OfResources {
  const of = (kind: Kind): Lifecycle => lifecycles[kind.lifecycle]();
  const taken = (properties: Properties, urn: string): Properties => toLifecycle(resolved(configuration(), properties), urn);
  // Of the state the servers are as the program named them then.
  const remembered = (state: Properties, urn: string): Properties => toLifecycle(asRemembered(configuration(), state), urn);

  /** Outputs as they go into the state. */
  const outputs = (kind: Kind, outs: Properties, written: Properties, secrets: readonly Path[]): Properties => {
    const byName = typeof written["server"] === "string" && !isUnknown(written["server"]);
    const kept = {
      ...(byName ? { __server: outs["server"] } : {}),
      ...(configuration().refresh === "before each update" ? { __looksFirst: true } : {}),
    };
    return wrap(toJson({ ...toWritten(outs, written), ...kept, ...refOf(kind, outs) }), secrets);
  };

  /** "not seen": nobody looked, or it could not be reached, which is no error where the state has yet to learn that Pulumi looks when asked. */
  const look = async (subject: Subject, olds: Properties): Promise<Awaited<ReturnType<Lifecycle["read"]>> | "not seen"> => {
    const { refresh, startsFrom } = configuration();
    const isFirst = olds["__looksFirst"] === true;
    if (isFirst && startsFrom === "state") {
      services.voice.warn(subject.urn, "Not looked at, as PULUMI_TABLEAU_REFRESH is false: this starts from the last known state.");
      return "not seen";
    }
    try {
      return await of(kindOf(subject)).read(subject.id, taken(olds, subject.urn));
    } catch (error) {
      const isExpected = isFirst && refresh === "when asked" && error instanceof TableauError && hinders.includes(error.code);
      if (!isExpected) throw new Error(sentenceOf(withWayOut(error)), { cause: error });
      services.voice.warn(
        subject.urn,
        `Not looked at, as tableau:refresh is false; this starts from the last known state. ${sentenceOf(error)}`,
      );
      return "not seen";
    }
  };

  const found = async (server: string): ReturnType<typeof foundOnServer> => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- only an import needs it
    return await (require("../lifecycle/found-on-server") as { readonly foundOnServer: typeof foundOnServer }).foundOnServer(
      services,
      taken({ server }, ""),
    );
  };

  /** The inputs name the server: what an import prints is a program, and no connection belongs there. */
  const imported: (subject: Subject) => ReturnType<PluginProvider["read"]> = async (subject) => {
    const { urn, id } = subject;
    const kind = kindOf(subject);
    const server = serverOfId(kind, id);
    const wanted = id.includes("/") ? id : `${id}/plugins-config`;
    const one = importable(kind, server, await found(server)).find((other) => other.id === wanted);
    if (one === undefined) return null;
    // Nothing is new here: no sentence says that it will be done.
    const given = taken({ ...one.properties, server }, urn);
    const { inputs } = await of(kind).check(given, given);
    const seen = await of(kind).read(wanted, { ...inputs, ...one.properties });
    if (seen === null) return null;
    const written = { server };
    return { id: wanted, properties: outputs(kind, seen.outs, written, []), inputs: wrap(toJson(toWritten(seen.inputs, written)), []) };
  };

  return {
    async list(type) {
      const kind = kindOf({ urn: "", type, id: "", timeout: 0 });
      return await orSentence(async () => {
        const all = configuration().serverNames.map(async (server) => importable(kind, server, await found(server)));
        return (await Promise.all(all)).flat();
      });
    },

    async check(subject, wrappedOlds, wrappedNews): Promise<Checked> {
      const [olds, { properties: news, secrets }] = [unwrap(wrappedOlds).properties, unwrap(wrappedNews)];
      const named = nameFailure(configuration(), news);
      if (named !== null) return { inputs: wrappedNews, failures: [{ property: "server", reason: named }] };
      const strange = pythonNames(news["server"]);
      if (strange.length > 0) return { inputs: wrappedNews, failures: strange };
      const isNew = Object.keys(olds).length === 0;
      const { inputs, failures } = await orSentence(() =>
        of(kindOf(subject)).check(isNew ? {} : taken(orWithoutName(configuration(), olds), subject.urn), taken(news, subject.urn)),
      );
      return {
        inputs: wrap(toJson(toWritten(inputs, news)), secrets),
        failures: failures.map(({ property, reason }) => ({ property, reason: printable(reason) })),
      };
    },

    async diff(subject, states): Promise<Compared> {
      const [oldInputs, olds, news] = [states.oldInputs, states.olds, states.news].map((one) => unwrap(one).properties) as Three;
      const { changes } = await orSentence(() =>
        of(kindOf(subject)).diff(subject.id, remembered(olds, subject.urn), taken(news, subject.urn)),
      );
      const details = compareInputs(asWritten(oldInputs), news);
      // What a dynamic resource has left becomes this plugin's own with the first update.
      const isDifferent = details.size > 0 || changes === true || isOfDynamicResource(olds);
      return { changes: isDifferent ? "some" : "none", details };
    },

    async create(subject, wrappedInputs): Promise<Operated> {
      refuseTimeout(subject);
      const [kind, { properties: inputs, secrets }] = [kindOf(subject), unwrap(wrappedInputs)];
      const state = (outs: Properties): Properties => outputs(kind, outs, inputs, secrets);
      const { id, outs } = await orHalfDone(state, () => of(kind).create(taken(inputs, subject.urn)));
      return { id, properties: state(outs) };
    },

    previewOf(subject, wrappedNews): Properties {
      refuseTimeout(subject);
      const [kind, { properties: news, secrets }] = [kindOf(subject), unwrap(wrappedNews)];
      const later = Object.fromEntries(kind.later.map((name) => [name, unknownValue]));
      return outputs(kind, { ...taken(news, subject.urn), ...later }, news, secrets);
    },

    async update(subject, wrappedOlds, wrappedNews): Promise<Operated> {
      refuseTimeout(subject);
      const [kind, olds, { properties: news, secrets }] = [kindOf(subject), unwrap(wrappedOlds).properties, unwrap(wrappedNews)];
      const state = (outs: Properties): Properties => outputs(kind, outs, news, secrets);
      const { outs } = await orHalfDone(state, () => of(kind).update(subject.id, remembered(olds, subject.urn), taken(news, subject.urn)));
      return { id: subject.id, properties: state(outs) };
    },

    async read(subject, wrapped, wrappedInputs) {
      if (wrapped === null) return await orSentence(() => imported(subject));
      const [kind, { properties: olds, secrets }] = [kindOf(subject), unwrap(wrapped)];
      const written = asWritten(olds);
      const seen = await look(subject, olds);
      if (seen === "not seen") {
        const { __looksFirst: looksFirst, ...state } = olds;
        const kept = configuration().refresh === "before each update" ? { ...state, __looksFirst: looksFirst } : state;
        return { id: subject.id, properties: wrap(kept, secrets), inputs: wrappedInputs };
      }
      if (seen === null) return null;
      const inputs = wrap(toJson(toWritten(seen.inputs, written)), secrets);
      return { id: subject.id, properties: outputs(kind, seen.outs, written, secrets), inputs };
    },

    async delete(subject, wrapped): Promise<void> {
      const state = unwrap(wrapped).properties;
      await orSentence(() => of(kindOf(subject)).delete(subject.id, taken(state, subject.urn)));
    },
  };
}

type Three = [Properties, Properties, Properties];

function kindOf({ type }: Subject): Kind {
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (kind !== undefined) return kind;
  throw new Error(
    `There is no resource ${type} in this version of pulumi-resource-tableau. Install the version that the program's package was made for.`,
  );
}

// A change that is cut off by a clock would leave a server that is being restarted. A delete is not refused, since it could not be previewed.
function refuseTimeout({ timeout }: Subject): void {
  if (timeout === 0) return;
  const error = new TableauError("argument-invalid", {
    message: `customTimeouts (${String(timeout)} s) cannot be kept to: a restart is not cut off halfway.`,
    next: "Remove the option, and limit the single steps with `timeouts` of TableauServerPluginsConfig.",
  });
  throw new Error(sentenceOf(error));
}

/** Properties with the server that a name stands for. */
function resolved(configuration: Configuration, properties: Properties): Properties {
  const { server } = properties;
  return typeof server === "string" && !isUnknown(server) ? { ...properties, server: configuration.server(server) } : properties;
}

// What the configuration said of a server then is what has to be brought in line with what it says now.
function asRemembered(configuration: Configuration, state: Properties): Properties {
  return "__server" in state ? state : resolved(configuration, state);
}

function orWithoutName(configuration: Configuration, properties: Properties): Properties {
  return nameFailure(configuration, properties) === null ? properties : { ...properties, server: undefined };
}

function nameFailure(configuration: Configuration, { server }: Properties): string | null {
  try {
    resolved(configuration, { server });
    return null;
  } catch (error) {
    return sentenceOf(error);
  }
}

/** Reasons for which nobody can look from here, or with what the last update left in the state. */
const hinders: readonly string[] = [
  "host-unreachable",
  "host-timeout",
  "host-connection-lost",
  "host-key-unknown",
  "host-key-mismatch",
  "host-login-refused",
  "tsm-login-refused",
];

// Plain preview and plain up look at the nodes too, and before the program runs: who cannot do that is told how to leave it out.
function withWayOut(error: unknown): unknown {
  if (!(error instanceof TableauError) || !hinders.includes(error.code)) return error;
  const { code, node, next, message, cause } = error;
  const where = node === undefined ? "" : `[${node}] `;
  return new TableauError(code, {
    ...(node === undefined ? {} : { node }),
    message: message.slice(where.length, message.length - next.length).trim(),
    next: `${next} Pulumi looked at the node before it ran the program, with the address and credentials of the last update. If those have changed, or the node cannot be reached from here, set PULUMI_TABLEAU_REFRESH=false in the environment of this run; \`pulumi config set tableau:refresh false\` turns such looks off.`,
    cause,
  });
}

async function orHalfDone<T>(state: (outs: Properties) => Properties, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw new Error(sentenceOf(error), { cause: error });
    throw new HalfDone(error.id, state(error.properties), sentenceOf(error));
  }
}

async function orSentence<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(sentenceOf(error), { cause: error });
  }
}
