import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { readFailure } from "./init-failure";
import { type LogLine, LogServer } from "./log-server";
import { type Ended, ProviderProcess } from "./provider-process";
import { fromStruct, type Properties, toStruct } from "./struct";

export interface DynamicProviderOptions {
  /** The constant text that goes into every call as `__provider`. */
  readonly providerText: string;
  /** Working directory of the server: the modules that the text requires are found from here. Default: the lane. */
  readonly directory?: string;
  /** Environment variables on top of our own. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface CheckAnswer {
  readonly inputs: Record<string, unknown>;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

export interface DiffAnswer {
  /** `undefined`: the provider leaves it to the engine. */
  readonly changes: boolean | undefined;
  readonly replaces: readonly string[];
}

export interface StateAnswer {
  readonly id: string;
  readonly properties: Record<string, unknown>;
}

export interface ReadAnswer extends StateAnswer {
  readonly inputs: Record<string, unknown>;
}

/**
 * The real dynamic-provider server of the SDK as a process of its own, and the calls that the engine makes to it.
 *
 * Calls take plain objects without `__provider` and give them back without it. A call that fails rejects with the server's message, or with
 * {@link ResourceInitFailed} where the answer carries a state.
 */
export class DynamicProvider {
  readonly #process: ProviderProcess;
  readonly #client: ResourceProviderClient;
  readonly #engine: LogServer;
  readonly #text: string;

  private constructor(process: ProviderProcess, engine: LogServer, text: string) {
    this.#process = process;
    this.#engine = engine;
    this.#text = text;
    this.#client = new ResourceProviderClient(process.address, grpc.credentials.createInsecure());
  }

  static async start(options: DynamicProviderOptions): Promise<DynamicProvider> {
    const engine = new LogServer();
    const process = await ProviderProcess.start(await engine.start(), options);
    return new DynamicProvider(process, engine, options.providerText);
  }

  /** What the provider logged to the engine so far. */
  get log(): readonly LogLine[] {
    return this.#engine.lines;
  }

  /** What the process printed so far: the engine shows these lines under the stack. */
  get printed(): string {
    return this.#process.printed;
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** How the process ended, whoever ended it. */
  get ended(): Promise<Ended> {
    return this.#process.ended;
  }

  /** What a provider sees of an engine that was killed: its server is gone, and nobody ends the provider. */
  loseEngine(): void {
    this.#client.close();
    this.#engine.stop();
  }

  /** Must come first, as in the engine: `config` holds every key of the stack's config with its namespace. */
  async configure(config: Readonly<Record<string, string>> = {}): Promise<void> {
    const request = new proto.ConfigureRequest().setArgs(toStruct(config)).setAcceptsecrets(true);
    await call<proto.ConfigureResponse>((answer) => this.#client.configure(request, answer));
  }

  async check(news: Properties, olds: Properties = {}): Promise<CheckAnswer> {
    // Old inputs of a resource that does not exist yet are empty, without the text.
    const before = Object.keys(olds).length === 0 ? toStruct({}) : this.#wrap(olds);
    const request = new proto.CheckRequest().setOlds(before).setNews(this.#wrap(news));
    const response = await call<proto.CheckResponse>((answer) => this.#client.check(request, answer));
    const failures = response.getFailuresList().map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
    return { inputs: unwrap(response.getInputs()), failures };
  }

  /** Old outputs against new inputs; on refresh the engine calls it with fresh outputs against old inputs. */
  async diff(id: string, olds: Properties, news: Properties): Promise<DiffAnswer> {
    const request = new proto.DiffRequest().setId(id).setOlds(this.#wrap(olds)).setNews(this.#wrap(news));
    const response = await call<proto.DiffResponse>((answer) => this.#client.diff(request, answer));
    return { changes: changesOf(response.getChanges()), replaces: response.getReplacesList() };
  }

  async create(inputs: Properties): Promise<StateAnswer> {
    const request = new proto.CreateRequest().setProperties(this.#wrap(inputs));
    const response = await call<proto.CreateResponse>((answer) => this.#client.create(request, answer));
    return { id: response.getId(), properties: unwrap(response.getProperties()) };
  }

  /** What a refresh does. An empty `id` in the answer means that the resource is gone. */
  async read(id: string, properties: Properties, inputs: Properties = {}): Promise<ReadAnswer> {
    const request = new proto.ReadRequest().setId(id).setProperties(this.#wrap(properties)).setInputs(this.#wrap(inputs));
    const response = await call<proto.ReadResponse>((answer) => this.#client.read(request, answer));
    return { id: response.getId(), properties: unwrap(response.getProperties()), inputs: unwrap(response.getInputs()) };
  }

  async update(id: string, olds: Properties, news: Properties): Promise<Record<string, unknown>> {
    const request = new proto.UpdateRequest().setId(id).setOlds(this.#wrap(olds)).setNews(this.#wrap(news));
    const response = await call<proto.UpdateResponse>((answer) => this.#client.update(request, answer));
    return unwrap(response.getProperties());
  }

  async delete(id: string, properties: Properties): Promise<void> {
    const request = new proto.DeleteRequest().setId(id).setProperties(this.#wrap(properties));
    await call<unknown>((answer) => this.#client.delete(request, answer));
  }

  /** Ends the server as the engine does: the connection closes, then SIGINT, and SIGKILL five seconds later. */
  async stop(): Promise<Ended> {
    this.#client.close();
    const ended = await this.#process.interrupt();
    this.#engine.stop();
    return ended;
  }

  #wrap(properties: Properties): ReturnType<typeof toStruct> {
    return toStruct({ ...properties, __provider: this.#text });
  }
}

function unwrap(struct: Parameters<typeof fromStruct>[0]): Record<string, unknown> {
  const { __provider: _text, ...properties } = fromStruct(struct);
  return properties;
}

function call<Answer>(send: (answer: (error: grpc.ServiceError | null, response: Answer) => void) => unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    send((error, response) => {
      if (error === null) resolve(response);
      else reject(readFailure(error));
    });
  });
}

function changesOf(changes: proto.DiffResponse.DiffChanges): boolean | undefined {
  if (changes === proto.DiffResponse.DiffChanges.DIFF_UNKNOWN) return undefined;
  return changes === proto.DiffResponse.DiffChanges.DIFF_SOME;
}
