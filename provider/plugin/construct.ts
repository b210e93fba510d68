import { credentials } from "@grpc/grpc-js";
import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { ConstructResponse, type ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { RegisterResourceOutputsRequest, RegisterResourceRequest, type RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../lifecycle/lifecycle";
import { activationArguments } from "../schema/config";

const component = "tableau:index:ConnectorDeployment";
const dynamicPrefix = "pulumi-nodejs:dynamic/tableau:";
const pluginPrefix = "tableau:index:";

interface Declaration {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
  /** URNs of what it needs, by the argument that needs it. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
}

/** What further arguments get, and the URNs of what they need for it. */
type Needed = Readonly<Record<string, { readonly value: unknown; readonly needs: readonly string[] }>>;

interface Declared {
  readonly urn: string;
  readonly outputs: Properties;
}

/**
 * ConnectorDeployment: a connector for each package, a driver for each file, and one config that lists them, with the same names and
 * outputs as the component of TypeScript has. The resources are declared to the engine, which then calls this plugin for each of them.
 */
export async function construct(request: ConstructRequest): Promise<ConstructResponse> {
  if (request.getType() !== component) {
    throw new Error(`There is no component ${request.getType()} in this version of pulumi-resource-tableau.`);
  }
  const monitor = new Monitor(request);
  try {
    return await declare(monitor, request);
  } finally {
    monitor.close();
  }
}

async function declare(monitor: Monitor, request: ConstructRequest): Promise<ConstructResponse> {
  const { server, connectors, drivers, trust, ...rest } = (request.getInputs()?.toJavaScript() ?? {}) as Properties;
  const name = request.getName();
  const own = await monitor.component();
  const ofServer = needsOf(request, "server");
  const declareEach = (type: string, list: unknown, argument: string, more: Needed = {}): Promise<[string, Declared][]> =>
    Promise.all(
      Object.entries((list ?? {}) as Readonly<Record<string, Properties>>).map(async ([key, inputs]) => [
        key,
        await monitor.resource(own.urn, {
          type,
          name: `${name}-${key}`,
          inputs: { ...inputs, server, ...Object.fromEntries(Object.entries(more).map(([one, { value }]) => [one, value])) },
          needs: {
            ...{ server: ofServer, [argument]: needsOf(request, argument) },
            ...Object.fromEntries(Object.entries(more).map(([one, { needs }]) => [one, needs])),
          },
        }),
      ]),
    );
  // Before the connectors, which may be signed by them.
  const certificates = await declareEach("TableauTrustedCertificate", trust, "trust");
  const listed = { value: certificates.map(([, { outputs }]) => outputs["ref"]), needs: certificates.map(([, { urn }]) => urn) };
  const [madeConnectors, madeDrivers] = await Promise.all([
    declareEach("TableauConnector", connectors, "connectors", trust === undefined ? {} : { trust: listed }),
    declareEach("TableauDriver", drivers, "drivers"),
  ]);
  const activation = Object.fromEntries(Object.entries(rest).filter(([argument]) => Object.hasOwn(activationArguments, argument)));
  const config = await monitor.resource(own.urn, {
    type: "TableauServerPluginsConfig",
    name: `${name}-config`,
    inputs: {
      server,
      connectors: madeConnectors.map(([, { outputs }]) => outputs["ref"]),
      ...(drivers === undefined ? {} : { drivers: madeDrivers.map(([, { outputs }]) => outputs["ref"]) }),
      ...(trust === undefined ? {} : { trust: listed.value }),
      ...activation,
    },
    needs: {
      server: ofServer,
      connectors: madeConnectors.map(([, { urn }]) => urn),
      drivers: madeDrivers.map(([, { urn }]) => urn),
      trust: listed.needs,
      ...Object.fromEntries(Object.keys(activation).map((one) => [one, needsOf(request, one)])),
    },
  });
  const running = config.outputs["running"];
  const outputs = {
    connectors: Object.fromEntries(madeConnectors.map(([key, { outputs: made }]) => [key, made["ref"]])),
    ...(running === undefined ? {} : { running }),
  };
  await monitor.outputs(own.urn, outputs);
  const response = new ConstructResponse().setUrn(own.urn).setState(Struct.fromJavaScript(outputs));
  const dependencies = { connectors: madeConnectors.map(([, { urn }]) => urn), running: [config.urn] };
  for (const [output, urns] of Object.entries(dependencies)) {
    response.getStatedependenciesMap().set(output, new ConstructResponse.PropertyDependencies().setUrnsList(urns));
  }
  return response;
}

function needsOf(request: ConstructRequest, argument: string): string[] {
  return request.getInputdependenciesMap().get(argument)?.getUrnsList() ?? [];
}

/** The engine's side for programs: it takes declarations. */
class Monitor {
  readonly #client: ResourceMonitorClient;
  readonly #request: ConstructRequest;

  constructor(request: ConstructRequest) {
    const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
    this.#client = new ResourceMonitorClient(request.getMonitorendpoint(), credentials.createInsecure(), unlimited);
    this.#request = request;
  }

  /** Declares the component itself, with the options that the program gave it; children inherit theirs from it. */
  async component(): Promise<Declared> {
    const from = this.#request;
    const request = newRequest(component, from.getName(), from.getParent(), {});
    request.setDependenciesList(from.getDependenciesList()).setAliasesList(from.getAliasesList()).setDeletedwith(from.getDeletedwith());
    for (const [name, provider] of from.getProvidersMap().entries() as Iterable<[string, string]>) {
      request.getProvidersMap().set(name, provider);
    }
    const [protect, retain] = [from.getProtect(), from.getRetainondelete()];
    if (protect !== undefined) request.setProtect(protect);
    if (retain !== undefined) request.setRetainondelete(retain);
    return await this.#register(request);
  }

  async resource(parent: string, { type, name, inputs, needs }: Declaration): Promise<Declared> {
    const request = newRequest(pluginPrefix + type, name, parent, inputs).setCustom(true);
    request.setDependenciesList([...new Set(Object.values(needs).flat())]);
    for (const [argument, urns] of Object.entries(needs)) {
      const dependencies = new RegisterResourceRequest.PropertyDependencies().setUrnsList([...urns]);
      request.getPropertydependenciesMap().set(argument, dependencies);
    }
    // What the component of TypeScript has declared is taken over.
    request.addAliases(new Alias().setSpec(new Alias.Spec().setType(dynamicPrefix + type)));
    const provider = this.#request.getProvidersMap().get("tableau");
    if (provider !== undefined) request.setProvider(provider);
    return await this.#register(request);
  }

  async outputs(urn: string, outputs: Properties): Promise<void> {
    const request = new RegisterResourceOutputsRequest().setUrn(urn).setOutputs(toStruct(outputs));
    await new Promise<void>((resolve, reject) => {
      this.#client.registerResourceOutputs(request, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  }

  close(): void {
    this.#client.close();
  }

  async #register(request: RegisterResourceRequest): Promise<Declared> {
    const response = await new Promise<RegisterResourceResponse>((resolve, reject) => {
      this.#client.registerResource(request, (error, answer) => {
        if (error === null) resolve(answer);
        else reject(error);
      });
    });
    return { urn: response.getUrn(), outputs: response.getObject()?.toJavaScript() ?? {} };
  }
}

function newRequest(type: string, name: string, parent: string, inputs: Properties): RegisterResourceRequest {
  return new RegisterResourceRequest()
    .setType(type)
    .setName(name)
    .setParent(parent)
    .setObject(toStruct(inputs))
    .setAcceptsecrets(true)
    .setAcceptresources(true)
    .setAliasspecs(true)
    .setSupportspartialvalues(true);
}

function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}
