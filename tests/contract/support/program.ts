import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { RegisterResourceResponse, SupportsFeatureResponse } from "@pulumi/pulumi/proto/resource_pb";
import { LogServer, type LogLine } from "./log-server";

export interface EndedProgram {
  readonly code: number | null;
  readonly printed: string;
  /** What was logged to the engine. */
  readonly lines: readonly LogLine[];
  /** Types of the resources that were registered, the stack left out. */
  readonly registered: readonly string[];
}

/**
 * Runs a program as the language host does, in a folder with `@pulumi/pulumi` in its node_modules: by the SDK's own `cmd/run`, against a
 * resource monitor that registers whatever comes.
 */
export async function runProgram(folder: string, program: string): Promise<EndedProgram> {
  const engine = new LogServer();
  const registered: string[] = [];
  const monitor = new grpc.Server();
  monitor.addService(ResourceMonitorService, methods(registered));
  const [engineAddress, monitorAddress] = await Promise.all([engine.start(), bind(monitor)]);
  const run = realpathSync(join(folder, "node_modules/@pulumi/pulumi/cmd/run/index.js"));
  const flags = [`--monitor=${monitorAddress}`, `--engine=${engineAddress}`, "--project=p", "--stack=s", "--parallel=4", `--pwd=${folder}`];
  const child = spawn(process.execPath, [run, ...flags, program], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => void (printed += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  engine.stop();
  monitor.forceShutdown();
  return { code, printed, lines: engine.lines, registered };
}

function methods(registered: string[]): grpc.UntypedServiceImplementation {
  const empty: grpc.handleUnaryCall<unknown, Empty> = (_call, callback) => {
    callback(null, new Empty());
  };
  return {
    supportsFeature: ((_call, callback) => {
      callback(null, new SupportsFeatureResponse());
    }) satisfies grpc.handleUnaryCall<unknown, SupportsFeatureResponse>,
    registerResource: (({ request }, callback) => {
      if (request.getType() !== "pulumi:pulumi:Stack") registered.push(request.getType());
      const response = new RegisterResourceResponse();
      response.setUrn(`urn:pulumi:s::p::${request.getType()}::${request.getName()}`);
      response.setObject(new Struct());
      callback(null, response);
    }) satisfies grpc.handleUnaryCall<{ getType(): string; getName(): string }, RegisterResourceResponse>,
    registerResourceOutputs: empty,
    signalAndWaitForShutdown: empty,
  };
}

function bind(server: grpc.Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(`127.0.0.1:${String(port)}`);
    });
  });
}
