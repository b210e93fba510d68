import { randomBytes } from "node:crypto";
import { lookAtDriver } from "../../machine/observe-driver";
import { planDriver } from "../../machine/plan/plan-driver";
import type { SeenDrivers } from "../../machine/plan/seen-machine";
import { driverOnMachine as table, driverPlaced, type DriverOnMachine, type DriverPlaced } from "../../schema/driver";
import { parse } from "../../schema/read";
import { carryOut } from "../machine/carry-out";
import { leaveEarlierPlace } from "../machine/remove-from-old-path";
import { productOf } from "../machine/machine-audience";
import { orSayHowToLetGo } from "../machine/with-release-hint";
import { takeAway } from "../machine/remove";
import { toMachineHost } from "../machine/to-machine-host";
import { commandTimeoutSeconds } from "../machine/to-machine-question";
import type { OnNodes, Properties } from "../lifecycle";
import type { Services } from "../services";
import { stackOf } from "../stack-of";
import { without } from "../without";
import { leftOnMachine } from "./tell-driver";

/** A driver file is in the folder that a product on one machine reads its drivers from. */
export function driverOnMachine(services: Services): OnNodes {
  return {
    create: async (inputs) => {
      const outs = await bringIntoPlace(services, null, inputs);
      const { machine, fileName } = parse(table, inputs);
      return { id: `${machine.name}/${productOf(machine)}/${fileName}`, outs };
    },
    read: async (_id, olds) => {
      const outs = { ...olds, placed: placedOf(await lookFor(services, parse(table, olds))) };
      return { outs, inputs: without(outs, ["folder", "ownerToken"]) };
    },
    update: async (_id, olds, news) => ({ outs: await bringIntoPlace(services, leftOnMachine(olds), news) }),
    delete: async (_id, olds) => {
      await orSayHowToLetGo(() => takeAway(services, parse(driverPlaced, olds)));
    },
  };
}

async function bringIntoPlace(services: Services, olds: DriverPlaced | null, news: Properties): Promise<Properties> {
  const properties = parse(table, news);
  const { machine, fileName, sha256, overwriteUnmanaged = false, __urn: urn } = properties;
  const seen = await lookFor(services, properties);
  const ownerToken = olds?.ownerToken ?? randomBytes(12).toString("hex");
  const wanted = { fileName, sha256, stack: stackOf(urn), token: olds?.ownerToken ?? null, overwriteUnmanaged };
  await carryOut(services, toMachineHost(services, properties), properties, {
    placing: planDriver(productOf(machine), wanted, seen),
    warnings: [],
    seen,
    ownerToken,
    // Nobody checks a signature of drivers.
    approve: () => Promise.resolve(),
  });
  const placed = { folder: seen.folder, ownerToken };
  if (olds !== null) await leaveEarlierPlace(services, olds, { ...properties, ...placed });
  return { ...news, ...placed };
}

async function lookFor(services: Services, properties: DriverOnMachine): Promise<SeenDrivers> {
  const { machine, fileName } = properties;
  return await lookAtDriver(toMachineHost(services, properties), {
    product: productOf(machine),
    directory: machine.driversDirectory ?? null,
    fileName,
    timeoutSeconds: commandTimeoutSeconds,
  });
}

/** The digest where all is well, else what is there instead. */
function placedOf({ file }: SeenDrivers): string {
  return file === null ? "absent" : (file.sha256 ?? "unreadable");
}
