import { inputNames } from "../../../provider/lifecycle/config/read";
import { everyActivationArgument } from "./support/every-activation-argument";

test("a refresh hands every input back, and no output", () => {
  const own = ["server", "credentials", "connectors", "drivers", "trust", "live", "trusted", "loaded", "topology", "__urn", "__provider"];
  expect([...inputNames].sort()).toEqual([...own, ...Object.keys(everyActivationArgument)].sort());
});
