import type { WindowsNode } from "../windows/windows-node";
import type { SimulatedNode } from "./node";

/** A node of whatever system. */
export type AnyNode = SimulatedNode | WindowsNode;

/** The operating system of a cluster's nodes. */
export type Platform = "linux" | "windows";
