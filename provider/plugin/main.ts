/**
 * The program `pulumi-resource-tableau`: Pulumi's engine starts it, reads its port from standard output, and calls it for every resource
 * `tableau:index:…`. It exports nothing: the engine would take a class that it finds here for a component of its own.
 */
import { credentials } from "@grpc/grpc-js";
import { engineVoice, type EngineModules } from "../engine/engine-voice";
import { engineAddressGiven, providerProcess } from "../engine/provider-process";
import type { Voice } from "../lifecycle/lifecycle";
import { lifecyclesOf } from "../lifecycle/lifecycles";
import { Configuration } from "./configuration";
import type * as Construct from "./construct";
import { resourcesOf } from "./resources";
import { serve } from "./serve";
import { unwrap, wrap } from "./secrets";

declare const pluginVersion: string | undefined;

const version = typeof pluginVersion === "string" ? pluginVersion : "0.0.0";

let engineAddress = engineAddressGiven();
let configuration = new Configuration({}, process.env);
let voices: { readonly address: string | undefined; readonly voice: Voice } | undefined;

// A plugin that somebody started for a debugger learns the address later.
function voice(): Voice {
  if (voices === undefined || voices.address !== engineAddress) {
    voices = { address: engineAddress, voice: engineVoice(engineAddress, modules) };
  }
  return voices.voice;
}

function modules(): EngineModules {
  /* eslint-disable @typescript-eslint/no-require-imports -- most previews say something; the start of this process is over by then */
  return {
    ...(require("@pulumi/pulumi/proto/engine_grpc_pb") as Pick<EngineModules, "EngineClient">),
    ...(require("@pulumi/pulumi/proto/engine_pb") as Pick<EngineModules, "LogRequest" | "LogSeverity">),
    credentials,
  };
}

const services = providerProcess(engineAddress, voice);
const resources = resourcesOf(lifecyclesOf(services), () => configuration, services);

void serve({
  version,
  schema: () => {
    return JSON.stringify(require("../../plugin/schema.json"));
  },
  attach: (address) => {
    engineAddress = address;
  },
  checkConfig: (wrapped) => {
    const { properties: news, secrets } = unwrap(wrapped);
    const hidden = news["servers"] === undefined ? [] : [["servers"]];
    return { inputs: wrap(news, [...secrets, ...hidden]), failures: Configuration.failures(news) };
  },
  configure: (args) => {
    configuration = new Configuration(unwrap(args).properties, process.env);
  },
  looksFirst: () => configuration.refresh === "before each update",
  ...resources,
  construct: (request) => {
    const { construct } = require("./construct") as typeof Construct;
    return construct(request);
  },
}).then((port) => {
  process.stdout.write(`${String(port)}\n`);
});
