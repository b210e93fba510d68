import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** A line that the provider sent to the engine. */
export interface LogLine {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  /** The resource whose row shows it; empty for the stack. */
  readonly urn: string;
  /** Only a live status, never printed under Diagnostics. */
  readonly ephemeral: boolean;
}

/** Stands in for the engine's own server and keeps what is logged to it. */
export class LogServer {
  readonly lines: LogLine[] = [];
  readonly #server = new grpc.Server();

  /** Gives its address, on this machine alone. */
  async start(): Promise<string> {
    this.#server.addService(EngineService, { log: this.#log });
    const port = await new Promise<number>((resolve, reject) => {
      this.#server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
        if (error) reject(error);
        else resolve(bound);
      });
    });
    return `127.0.0.1:${String(port)}`;
  }

  stop(): void {
    this.#server.forceShutdown();
  }

  readonly #log: grpc.handleUnaryCall<LogRequest, Empty> = ({ request }, callback) => {
    this.lines.push({
      severity: severities[request.getSeverity()],
      message: request.getMessage(),
      urn: request.getUrn(),
      ephemeral: request.getEphemeral(),
    });
    callback(null, new Empty());
  };
}

const severities = {
  [LogSeverity.DEBUG]: "debug",
  [LogSeverity.INFO]: "info",
  [LogSeverity.WARNING]: "warning",
  [LogSeverity.ERROR]: "error",
} as const;
