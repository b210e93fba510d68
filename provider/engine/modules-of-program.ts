import { createRequire } from "node:module";
import type { ChannelModule, EngineModule, EngineModules, MessageModule } from "./engine-voice";

/** gRPC and the messages of the SDK that the program uses, all from its own tree: two copies of gRPC do not accept each other's credentials. */
export function modulesOfProgram(): EngineModules {
  const sdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  return {
    ...(sdk("@pulumi/pulumi/proto/engine_grpc_pb") as EngineModule),
    ...(sdk("@pulumi/pulumi/proto/engine_pb") as MessageModule),
    ...(sdk("@grpc/grpc-js") as ChannelModule),
  };
}
