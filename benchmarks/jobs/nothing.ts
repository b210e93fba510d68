import { dynamic } from "@pulumi/pulumi";

/** A dynamic resource that does nothing: what Pulumi itself costs. */
export class Nothing extends dynamic.Resource {
  constructor(name: string, props: Record<string, unknown>) {
    super(doesNothing, name, props);
  }
}

const doesNothing: dynamic.ResourceProvider = {
  check: (_olds: unknown, news: unknown) => Promise.resolve({ inputs: news }),
  create: () => Promise.resolve({ id: "nothing" }),
};
