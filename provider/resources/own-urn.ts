import * as pulumi from "@pulumi/pulumi";

/**
 * The URN that a resource is going to have: the provider needs it to put sentences into the resource's row, and never
 * gets it from the engine.
 *
 * A promise rather than an Output: an Output made of the parent's URN depends on the parent, so on all its children, so
 * on the resource itself, and would wait for ever.
 */
export function ownUrn(type: string, name: string, options: pulumi.CustomResourceOptions | undefined): Promise<string> {
  const urn = pulumi.createUrn(name, type, options?.parent);
  return new Promise((resolve) => {
    urn.apply(resolve);
  });
}
