export {
  type CheckAnswer,
  type DiffAnswer,
  DynamicProvider,
  type DynamicProviderOptions,
  type ReadAnswer,
  type StateAnswer,
} from "./dynamic-provider";
export { ResourceInitFailed } from "./init-failure";
export type { LogLine } from "./log-server";
export { runProgram } from "./program";
export { type Ended, lane } from "./provider-process";
export { type Properties, secret, unknown } from "./struct";
