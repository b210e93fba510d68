export { readManifest } from "./manifest";
export type { Manifest } from "./manifest";
export { readTaco } from "./read-taco";
export type { Taco, TacoEntry } from "./taco.types";
export { NotAFile } from "./zip/byte-source";
export type { PackageFile, PackageSource } from "./zip/byte-source";
