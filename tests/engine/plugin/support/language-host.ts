/**
 * Stands in for `pulumi-language-go` and `pulumi-language-python`, which no registry of packages has: Pulumi's engine starts it, and it starts
 * the program as those do. What it does not have is what only other commands ask for, such as `pulumi about` and `pulumi package add`.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/pulumi-language-go/main.go
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { type handleUnaryCall, Server, ServerCredentials, status } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { GetRequiredPluginsResponse, type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

const [runtime, engine = ""] = [process.argv[2], process.argv.at(-1)];

interface Command {
  readonly name: string;
  readonly args: readonly string[];
}

/** What has to run for a program, one after the other; each has to end with 0. */
const commands: Readonly<Record<string, readonly Command[]>> = {
  go: [
    { name: "go", args: ["build", "-o", ".program", "."] },
    { name: "./.program", args: [] },
  ],
  python: [{ name: "python3", args: ["-u", join(__dirname, "run-program.py")] }],
};

async function runProgram(request: RunRequest): Promise<string> {
  const environment = {
    PULUMI_ORGANIZATION: request.getOrganization(),
    PULUMI_PROJECT: request.getProject(),
    PULUMI_STACK: request.getStack(),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries() as Iterable<[string, string]>)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_DRY_RUN: String(request.getDryrun()),
    PULUMI_PARALLEL: String(request.getParallel()),
    PULUMI_MONITOR: request.getMonitorAddress(),
    PULUMI_ENGINE: engine,
  };
  for (const command of commands[runtime ?? ""] ?? []) {
    const code = await run(command, request.getPwd(), environment);
    if (code !== 0) return `${command.name} ended with exit code ${String(code)}.`;
  }
  return "";
}

/** Standard output had the port until now; from here on both streams are the engine's to print. */
function run({ name, args }: Command, cwd: string, environment: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(name, args, { cwd, env: { ...process.env, ...environment }, stdio: ["ignore", 1, 2] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve(code ?? 1);
    });
  });
}

const answerRun: handleUnaryCall<RunRequest, RunResponse> = ({ request }, callback) => {
  runProgram(request).then(
    (error) => {
      callback(null, new RunResponse().setError(error));
    },
    (error: unknown) => {
      callback({ code: status.UNKNOWN, details: String(error) });
    },
  );
};

const server = new Server({ "grpc.max_receive_message_length": -1 });
server.addService(LanguageRuntimeService, {
  run: answerRun,
  getPluginInfo: ((_call, callback) => {
    callback(null, new PluginInfo().setVersion("0.0.0"));
  }) satisfies handleUnaryCall<unknown, PluginInfo>,
  // The plugin is on PATH.
  getRequiredPlugins: ((_call, callback) => {
    callback(null, new GetRequiredPluginsResponse());
  }) satisfies handleUnaryCall<unknown, GetRequiredPluginsResponse>,
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${String(port)}\n`);
});
