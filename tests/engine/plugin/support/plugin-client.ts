import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CheckRequest, type CheckResponse, ConfigureRequest, ListRequest, type ListResponse } from "@pulumi/pulumi/proto/provider_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { repository } from "../../support";

type Answered<T> = (error: ServiceError | null, answer: T) => void;

/** The plugin's own process, asked without an engine: for calls that no command of this engine makes, and for what it costs by itself. */
export class PluginClient {
  readonly #child: ChildProcess;
  readonly #client: ResourceProviderClient;

  private constructor(child: ChildProcess, port: string) {
    this.#child = child;
    this.#client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  static async start(servers: object): Promise<PluginClient> {
    const child = spawn(process.execPath, [join(repository, "dist/pulumi-resource-tableau.js")], { stdio: ["ignore", "pipe", "inherit"] });
    const port = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once("line", resolve));
    const plugin = new PluginClient(child, port);
    const request = new ConfigureRequest().setArgs(Struct.fromJavaScript({ servers: JSON.stringify(servers) }));
    await answered((done) => plugin.#client.configure(request, done));
    return plugin;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What is wrong with the inputs of a new resource. */
  async check(token: string, inputs: Readonly<Record<string, JavaScriptValue>>): Promise<string[]> {
    const request = new CheckRequest().setUrn(`urn:pulumi:a::b::${token}::d`).setType(token).setNews(Struct.fromJavaScript(inputs));
    const response = await answered<CheckResponse>((done) => this.#client.check(request, done));
    return response.getFailuresList().map((failure) => failure.getReason());
  }

  /** The ids that `List` gives for a type token. */
  async list(token: string): Promise<string[]> {
    const ids: string[] = [];
    const stream = this.#client.list(new ListRequest().setToken(token));
    stream.on("data", (response: ListResponse) => ids.push(response.getResult()?.getId() ?? ""));
    await new Promise<void>((resolve, reject) => stream.on("error", reject).on("end", resolve));
    return ids;
  }

  stop(): void {
    this.#client.close();
    this.#child.kill();
  }
}

function answered<T>(call: (done: Answered<T>) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, answer) => {
      if (error === null) resolve(answer);
      else reject(error);
    });
  });
}
