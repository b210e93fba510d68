import {
  type sendUnaryData,
  type ServerUnaryCall,
  type ServerWritableStream,
  Metadata,
  Server,
  ServerCredentials,
  status,
} from "@grpc/grpc-js";
import { ResourceProviderService, type IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { CheckFailure, Properties } from "../lifecycle/lifecycle";
import type { Difference } from "./compare-inputs";

/** Which resource a call is about. */
export interface Subject {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  /** Seconds that the program gives this call (`customTimeouts`); 0: it says nothing. */
  readonly timeout: number;
}

export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

export interface Compared {
  readonly changes: "some" | "none";
  readonly details: ReadonlyMap<string, Difference>;
}

export interface Operated {
  readonly id: string;
  readonly properties: Properties;
}

/** What is served, in plain JSON; secrets are still wrapped as the engine wraps them. Knows nothing of gRPC. */
export interface PluginProvider {
  readonly version: string;
  schema(): string;
  /** `host:port` of the engine's server. */
  attach(engine: string): void;
  configure(args: Properties): void;
  checkConfig(news: Properties): Checked;
  /** Whether the engine looks at each resource before it updates it. */
  looksFirst(): boolean;
  check(subject: Subject, olds: Properties, news: Properties): Promise<Checked>;
  diff(
    subject: Subject,
    states: { readonly oldInputs: Properties; readonly olds: Properties; readonly news: Properties },
  ): Promise<Compared>;
  create(subject: Subject, inputs: Properties): Promise<Operated>;
  previewOf(subject: Subject, news: Properties): Properties;
  /** null: gone. `state` null: it is to be imported. */
  read(subject: Subject, state: Properties | null, inputs: Properties): Promise<(Operated & { readonly inputs: Properties }) | null>;
  update(subject: Subject, olds: Properties, news: Properties): Promise<Operated>;
  delete(subject: Subject, state: Properties): Promise<void>;
  list(type: string): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Declares the resources of a component. */
  construct(request: rpc.ConstructRequest): Promise<rpc.ConstructResponse>;
}

/** A change that is half done: the engine keeps `properties` as the state, and updates the resource on the next `up`. */
export class HalfDone extends Error {
  constructor(
    readonly id: string,
    readonly properties: Properties,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/**
 * Serves a provider to Pulumi's engine, and gives the port.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/proto/pulumi/provider.proto
 */
export async function serve(provider: PluginProvider): Promise<number> {
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(ResourceProviderService, callsOf(provider));
  return await new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

function callsOf(
  provider: PluginProvider,
): Omit<IResourceProviderServer, "parameterize" | "invoke" | "call" | "getMapping" | "getMappings"> {
  const refreshes = (): boolean => provider.looksFirst();
  return {
    handshake: answer((request: rpc.ProviderHandshakeRequest) => {
      provider.attach(request.getEngineAddress());
      return new rpc.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptResources(true);
    }),
    attach: answer((request: { getAddress(): string }) => {
      provider.attach(request.getAddress());
      return new Empty();
    }),
    getPluginInfo: answer(() => new PluginInfo().setVersion(provider.version)),
    getSchema: answer(() => new rpc.GetSchemaResponse().setSchema(provider.schema())),
    checkConfig: answer((request: rpc.CheckRequest) => toCheckResponse(provider.checkConfig(plain(request.getNews())))),
    // No change of the configuration, and no other provider of the same resources, makes them other resources.
    diffConfig: answer(() => new rpc.DiffResponse().setChanges(rpc.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: answer((request: rpc.ConfigureRequest) => {
      provider.configure(plain(request.getArgs()));
      return new rpc.ConfigureResponse().setAcceptsecrets(true).setAcceptresources(true).setSupportspreview(true);
    }),
    check: answer(async (request: rpc.CheckRequest) =>
      toCheckResponse(await provider.check(subjectOf(request), plain(request.getOlds()), plain(request.getNews()))),
    ),
    diff: answer(async (request: rpc.DiffRequest) => {
      const [oldInputs, olds, news] = [request.getOldInputs(), request.getOlds(), request.getNews()].map(plain) as Three;
      return toDiffResponse(await provider.diff(subjectOf(request), { oldInputs, olds, news }));
    }),
    create: answer(async (request: rpc.CreateRequest) => {
      const [subject, inputs] = [subjectOf(request), plain(request.getProperties())];
      const { id, properties } = request.getPreview()
        ? { id: "", properties: provider.previewOf(subject, inputs) }
        : await provider.create(subject, inputs);
      return new rpc.CreateResponse().setId(id).setProperties(struct(properties)).setRefreshBeforeUpdate(refreshes());
    }, refreshes),
    read: answer(async (request: rpc.ReadRequest) => {
      const [state, old] = [plain(request.getProperties()), plain(request.getInputs())];
      // An import sends no state and no inputs.
      const isImport = Object.keys(state).length === 0 && Object.keys(old).length === 0;
      const found = await provider.read(subjectOf(request), isImport ? null : state, old);
      if (found === null) return new rpc.ReadResponse();
      const { id, properties, inputs } = found;
      const response = new rpc.ReadResponse().setId(id).setProperties(struct(properties)).setInputs(struct(inputs));
      return response.setRefreshBeforeUpdate(refreshes());
    }),
    update: answer(async (request: rpc.UpdateRequest) => {
      const [subject, olds, news] = [subjectOf(request), plain(request.getOlds()), plain(request.getNews())];
      const properties = request.getPreview() ? provider.previewOf(subject, news) : (await provider.update(subject, olds, news)).properties;
      return new rpc.UpdateResponse().setProperties(struct(properties)).setRefreshBeforeUpdate(refreshes());
    }, refreshes),
    delete: answer(async (request: rpc.DeleteRequest) => {
      await provider.delete(subjectOf(request), plain(request.getProperties()));
      return new Empty();
    }),
    list: (call: ServerWritableStream<rpc.ListRequest, rpc.ListResponse>) => void writeList(provider, call),
    construct: answer((request: rpc.ConstructRequest) => provider.construct(request)),
    // What runs on a node comes to its end, as with every provider that is asked politely; a second Ctrl-C ends the process.
    cancel: answer(() => new Empty()),
  };
}

type Three = [Properties, Properties, Properties];
type Call<Request, Response> = (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => void;

/** One call: its answer, or its error as the sentence that a person reads. */
function answer<Request, Response>(
  work: (request: Request) => Response | Promise<Response>,
  refreshes = (): boolean => false,
): Call<Request, Response> {
  return ({ request }, callback) => {
    Promise.resolve()
      .then(() => work(request))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          const details = error instanceof Error ? error.message : String(error);
          const metadata = error instanceof HalfDone ? detailsOf(error, refreshes) : undefined;
          callback({ name: "Error", message: details, code: status.UNKNOWN, details, ...(metadata === undefined ? {} : { metadata }) });
        },
      );
  };
}

function detailsOf({ id, properties, reason }: HalfDone, refreshes: () => boolean): Metadata {
  const failed = new rpc.ErrorResourceInitFailed().setId(id).setProperties(struct(properties)).setReasonsList([reason]);
  const detail = new Any();
  detail.pack(failed.setRefreshBeforeUpdate(refreshes()).serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const metadata = new Metadata();
  const message = new Status().setCode(status.UNKNOWN).setMessage(reason).setDetailsList([detail]);
  metadata.add("grpc-status-details-bin", Buffer.from(message.serializeBinary()));
  return metadata;
}

async function writeList(provider: PluginProvider, call: ServerWritableStream<rpc.ListRequest, rpc.ListResponse>): Promise<void> {
  try {
    const limit = call.request.getLimit();
    const all = await provider.list(call.request.getToken());
    for (const { id, name } of limit > 0 ? all.slice(0, limit) : all) {
      call.write(new rpc.ListResponse().setResult(new rpc.ListResponse.Result().setId(id).setName(name)));
    }
    call.end();
  } catch (error) {
    const details = error instanceof Error ? error.message : String(error);
    call.emit("error", { code: status.UNKNOWN, details });
  }
}

function toCheckResponse({ inputs, failures }: Checked): rpc.CheckResponse {
  const list = failures.map(({ property, reason }) => new rpc.CheckFailure().setProperty(property).setReason(reason));
  return new rpc.CheckResponse().setInputs(struct(inputs)).setFailuresList(list);
}

const differenceKinds = {
  add: rpc.PropertyDiff.Kind.ADD,
  delete: rpc.PropertyDiff.Kind.DELETE,
  update: rpc.PropertyDiff.Kind.UPDATE,
} as const satisfies Record<Difference, number>;

function toDiffResponse({ changes, details }: Compared): rpc.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
  const response = new rpc.DiffResponse().setChanges(changes === "some" ? DIFF_SOME : DIFF_NONE).setHasdetaileddiff(true);
  for (const [path, kind] of details) {
    response.getDetaileddiffMap().set(path, new rpc.PropertyDiff().setKind(differenceKinds[kind]).setInputdiff(true));
  }
  return response.setDiffsList([...new Set([...details.keys()].map((path) => /^[^.[]*/.exec(path)?.[0] ?? path))]);
}

interface AboutResource {
  getUrn(): string;
  getType(): string;
  getId?(): string;
  getTimeout?(): number;
}

function subjectOf(request: AboutResource): Subject {
  const urn = request.getUrn();
  // Engines before 3.130 send no type: it is the last part of the URN's third.
  const type = request.getType() || (urn.split("::")[2]?.split("$").at(-1) ?? "");
  return { urn, type, id: request.getId?.() ?? "", timeout: request.getTimeout?.() ?? 0 };
}

function plain(message: Struct | undefined): Properties {
  return message?.toJavaScript() ?? {};
}

function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}
