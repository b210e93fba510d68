import { printable } from "../vocabulary/printable";
import type { Voice } from "../lifecycle/lifecycle";

type Severity = "INFO" | "WARNING";

/**
 * Sends sentences to the engine with the URN of their resource. Without an engine (a test, another caller) they go to
 * standard output, one line each.
 *
 * @param address `host:port` of the engine's server; undefined: there is none.
 * @param load Gives the messages of that server.
 * @see https://github.com/pulumi/pulumi/blob/master/proto/pulumi/engine.proto
 */
export function engineVoice(address: string | undefined, load: () => EngineModules): Voice {
  const write = address === undefined ? toStandardOutput : toEngine(address, load);
  // What nodes, packages and tsm say stands in these sentences: here they all pass.
  const log: Log = (severity, urn, message, lasting) => write(severity, urn, printable(message), lasting);
  // diff is called twice for one operation under `preview --refresh`: the same sentence is said once.
  const said = new Set<string>();
  const once = (severity: Severity, urn: string, sentence: string): void => {
    const key = `${urn}\n${sentence}`;
    if (said.has(key)) return;
    said.add(key);
    log(severity, urn, sentence, "kept");
  };
  return {
    say: (urn, sentence) => {
      once("INFO", urn, sentence);
    },
    warn: (urn, sentence) => {
      once("WARNING", urn, sentence);
    },
    progress: (urn, line) => {
      log("INFO", urn, line, "live");
    },
  };
}

type Log = (severity: Severity, urn: string, message: string, lasting: "kept" | "live") => void;

// Loaded when the first sentence is said: the start of the provider process is part of every preview.
function toEngine(address: string, load: () => EngineModules): Log {
  let engine: Connection | undefined;
  let before = Promise.resolve();
  return (severity, urn, message, lasting) => {
    engine ??= connect(address, load());
    const request = new engine.LogRequest();
    request.setSeverity(engine.LogSeverity[severity]);
    request.setUrn(urn);
    request.setMessage(message);
    request.setEphemeral(lasting === "live");
    // One after the other, else they may arrive in another order. One that does not arrive must not fail a deployment.
    const { client } = engine;
    before = before.then(
      () =>
        new Promise((resolve) => {
          client.log(request, () => {
            resolve();
          });
        }),
    );
  };
}

interface Connection extends MessageModule {
  readonly client: InstanceType<EngineModule["EngineClient"]>;
}

function connect(address: string, { EngineClient, LogRequest, LogSeverity, credentials }: EngineModules): Connection {
  return { client: new EngineClient(address, credentials.createInsecure()), LogRequest, LogSeverity };
}

const toStandardOutput: Log = (_severity, _urn, message) => {
  process.stdout.write(`${message}\n`);
};

interface LogRequestMessage {
  setSeverity(severity: number): void;
  setUrn(urn: string): void;
  setMessage(message: string): void;
  setEphemeral(ephemeral: boolean): void;
}

export interface EngineModule {
  readonly EngineClient: new (address: string, channel: unknown) => { log(request: LogRequestMessage, done: () => void): void };
}

export interface ChannelModule {
  readonly credentials: { createInsecure(): unknown };
}

/** What is used of the messages of the engine's server, and of gRPC. */
export interface EngineModules extends EngineModule, MessageModule, ChannelModule {}

export interface MessageModule {
  readonly LogRequest: new () => LogRequestMessage;
  readonly LogSeverity: Readonly<Record<Severity, number>>;
}
