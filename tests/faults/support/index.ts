export { Bench, foreignKey } from "./bench";
export { byExtent, extent, sampleOf } from "./extent";
export { operations, type FaultOperation } from "./operations";
export { PointPool, type Blow, type Interruption } from "./point-pool";
export { reportRow } from "./report";
export { troubles, type Trouble } from "./troubles";
