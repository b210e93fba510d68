import type * as pulumi from "@pulumi/pulumi";

/** What a listed resource was made for, so that preview refuses it in the config of another place; absent for plain references. */
export interface Origin {
  readonly origin?: { readonly server?: pulumi.Input<unknown>; readonly machine?: pulumi.Input<unknown> };
}

/** A resource has its arguments among its properties, also those that its class does not declare. */
export function originOf(listed: object): Origin {
  const { server, machine } = listed as { server?: pulumi.Input<unknown>; machine?: pulumi.Input<unknown> };
  if (machine !== undefined) return { origin: { machine } };
  return server === undefined ? {} : { origin: { server } };
}
