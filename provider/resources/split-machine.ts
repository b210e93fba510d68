import * as pulumi from "@pulumi/pulumi";
import { machineArguments } from "../schema/machine";
import type { DesktopMachineArgs } from "./machine-args";
import { eventual, publicFields, publicNode, secretPart } from "./split-server";

/** The public part of a machine and its secret part, as they stand in state. */
export interface SplitMachine {
  readonly machine: pulumi.Input<unknown>;
  readonly credentials: pulumi.Output<unknown>;
}

const openFields = Object.keys(machineArguments).filter((name) => name !== "name" && name !== "connection");

/** Splits a machine into what may be read in every diff and what is always secret, as a server is split. */
export function splitMachine(machine: pulumi.Input<DesktopMachineArgs>): SplitMachine {
  const later = eventual(machine);
  const known = pulumi.output(machine);
  return {
    machine:
      later === null
        ? publicMachine(machine as DesktopMachineArgs)
        : pulumi.unsecret(later.apply((one) => publicMachine(one as DesktopMachineArgs))),
    credentials: pulumi.secret(known.apply((one) => secretPart([one], undefined))),
  };
}

function publicMachine(machine: DesktopMachineArgs): Record<string, unknown> {
  return { ...(publicNode(machine) as object), ...publicFields(machine, openFields) };
}
