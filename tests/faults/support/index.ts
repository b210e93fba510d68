export { Bench } from "./bench";
export { byExtent, extent, sampleOf } from "./extent";
export { foreignKey } from "./foreign-key";
export { Model, sequence, type Act } from "./model";
export { operations, type FaultOperation } from "./operations";
export { PointPool, type Blow, type Interruption } from "./point-pool";
export { reportRow } from "./report";
export { SimulatedModelBench } from "./simulated-model-bench";
export { troubles, type Trouble } from "./troubles";
