export { Backend, passphrase } from "./backend";
export { type Engine, findEngine, repository } from "./engine";
export { lane, packedLane } from "./lane";
export { Project, type ProjectOptions } from "./project";
export type { ConfigMap, EngineEvent, OperationName, Through } from "./protocol";
export type { Diagnostic, OperationResult, ResourceState, Step } from "./result";
export { Stage } from "./stage";
export { type RunningOperation, type RunOptions, Stack, type StackOptions } from "./stack";
export { testEachWay } from "./test-each-way";
