export { trustStoreOf } from "./trust-store-of";
export { writeConnectorFolder } from "./connector-folder";
export { assertDemo, assertShortLife, demoPackages, type DemoPackages } from "./demo";
export { StackImitation, type Operation, type ResourceState } from "./engine";
export { urnOf, type Program } from "./program";
export { type BeforeScript, type RanScript, RecordingPool } from "./recording-pool";
export { nothing, type Cost, World } from "./world";
export { isWhole } from "./extent";
export { missingFrom, oneByOne, setSwitches, titled, together } from "./switch-rows";
