import { arg, type Values } from "../arguments";

/** What a node is told of a package that comes. */
export const described = {
  sha256: arg.sha256,
  /** In bytes; null: of an unpacked connector, which is a folder. */
  size: arg.orNull(arg.int, "-"),
  pluginClass: arg.text,
  pluginVersion: arg.text,
  fileName: arg.text,
};

/** A package as a node hears of it. */
export type DescribedPackage = Values<typeof described>;
