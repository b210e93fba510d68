import * as pulumi from "@pulumi/pulumi";

/**
 * The URN that a resource is going to have: the provider needs it to put sentences into the resource's row, and never
 * gets it from the engine.
 */
export function ownUrn(type: string, name: string, options: pulumi.CustomResourceOptions | undefined): pulumi.Output<string> {
  return pulumi.createUrn(name, type, options?.parent);
}
