import type { ServerQuestion } from "../../activation/observe-server";
import { valuesOf } from "../../plan/record/keys-of-record";
import { namesTrust } from "../../plan/record/recorded-trust";
import type { ConfigInputs, ConfigState } from "../../schema/config";
import type { WatchedKeys } from "../../tsm/tsm";
import { otherThanGiven } from "./keys-seen";
import { identify } from "./identify";

/** What has to be looked at to compare a server with a config's inputs. */
export function questionOf(
  { connectors, drivers = [], trust = [], keys = {} }: ConfigInputs,
  earlierDirectories: readonly string[],
  before: ConfigState | null,
): ServerQuestion {
  return {
    digests: [...connectors, ...drivers, ...trust].map(({ sha256 }) => sha256),
    fileNames: [...connectors, ...drivers].map(({ fileName }) => fileName),
    earlierDirectories,
    drivers: drivers.length > 0 ? "listed" : "none",
    ...(trust.length > 0 || namesTrust(before?.remembered ?? null) ? { trust: "listed" } : {}),
    otherKeys: otherKeysOf(keys, before),
    identify,
  };
}

/** Keys that a program names, or has named, with the values that they may have by what it and its state know. */
export function otherKeysOf(keys: Readonly<Record<string, string>>, before: ConfigState | null): WatchedKeys {
  const { applied = {}, recorded = {} } = before?.rememberedKeys ?? {};
  const names = [...new Set([keys, before?.keys ?? {}, applied, recorded].flatMap((one) => Object.keys(one)))].sort();
  const given = (name: string): (string | null | undefined)[] => [
    keys[name],
    before?.keys?.[name],
    applied[name],
    ...valuesOf(recorded[name]),
  ];
  return new Map(
    names.map((name) => [name, given(name).filter((value) => typeof value === "string" && value !== otherThanGiven)] as const) as [
      string,
      string[],
    ][],
  );
}
