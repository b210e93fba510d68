import type * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { fromStruct } from "./struct";

/** A create or update that failed half way, with the true state, as the engine keeps it. */
export class ResourceInitFailed extends Error {
  override readonly name = "ResourceInitFailed";

  constructor(
    message: string,
    readonly id: string,
    readonly properties: Readonly<Record<string, unknown>>,
    readonly reasons: readonly string[],
  ) {
    super(message);
  }
}

/** The error that the engine would see: a {@link ResourceInitFailed} if the answer carries a state, else the plain one. */
export function readFailure(error: grpc.ServiceError): Error {
  const [details] = error.metadata.get("grpc-status-details-bin");
  const any = details === undefined ? undefined : Status.deserializeBinary(Buffer.from(details)).getDetailsList()[0];
  if (any === undefined) return new Error(error.details, { cause: error });
  const failed = ErrorResourceInitFailed.deserializeBinary(any.getValue_asU8());
  return new ResourceInitFailed(error.details, failed.getId(), fromStruct(failed.getProperties()), failed.getReasonsList());
}
