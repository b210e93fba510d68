/**
 * Stands in for `pulumi-language-go`, which no registry of packages has: Pulumi's engine starts it, and it builds and starts the program as
 * that one does. What it does not have is what only other commands ask for, such as `pulumi about` and `pulumi package add`.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/pulumi-language-go/main.go
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { type handleUnaryCall, Server, ServerCredentials, status } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { GetRequiredPluginsResponse, type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

const engine = process.argv.at(-1) ?? "";

/** Standard output is for the port alone until the program runs; both streams are then the engine's to print. */
function run(command: string, args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...environment }, stdio: ["ignore", 1, 2] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve(code ?? 1);
    });
  });
}

async function runProgram(request: RunRequest): Promise<string> {
  const [folder, program] = [request.getPwd(), join(request.getPwd(), ".program")];
  if ((await run("go", ["build", "-o", program, "."], folder, {})) !== 0) return "The program does not compile.";
  const config = Object.fromEntries(request.getConfigMap().entries() as Iterable<[string, string]>);
  const code = await run(program, [], folder, {
    PULUMI_ORGANIZATION: request.getOrganization(),
    PULUMI_PROJECT: request.getProject(),
    PULUMI_STACK: request.getStack(),
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_DRY_RUN: String(request.getDryrun()),
    PULUMI_PARALLEL: String(request.getParallel()),
    PULUMI_MONITOR: request.getMonitorAddress(),
    PULUMI_ENGINE: engine,
  });
  return code === 0 ? "" : `The program ended with exit code ${String(code)}.`;
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
