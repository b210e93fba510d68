import { inputNames } from "../../../provider/lifecycle/config/read";
import type { ConfigInputs } from "../../../provider/schema/config";
import { everyActivationArgument } from "./support/every-activation-argument";

test("a refresh hands every input back", () => {
  const server = { name: "prod", nodes: [{ name: "node1" }] };
  const inputs: Required<ConfigInputs> = {
    server,
    credentials: {},
    connectors: [],
    drivers: [],
    ...everyActivationArgument,
    live: {},
    loaded: "current",
    topology: [],
    __urn: "urn:pulumi:dev::shop::t::prod",
  };
  expect([...inputNames].sort()).toEqual([...Object.keys(inputs), "__provider"].sort());
});
