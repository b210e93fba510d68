import { readFileSync } from "node:fs";
import type { Target } from "../../activation/target";
import { reasonOf } from "../../vocabulary/file-reason";
import { HostPool } from "../../host/pool";
import { checkCredentials, checkServer, systemOf } from "../../lifecycle/server/check-server";
import { toTarget } from "../../lifecycle/server/to-target";
import type { Properties } from "../../lifecycle/lifecycle";
import { Failures } from "../../schema/failures";
import { check, parse } from "../../schema/read";
import { onServer, type OnServer } from "../../schema/server";
import { UsageError } from "../command";
import { fromArguments } from "./from-arguments";
import { fromStack } from "./from-stack";
import { withFewAttempts } from "./with-few-attempts";

export interface ServerChoice {
  readonly stack?: string | undefined;
  readonly "server-file"?: string | undefined;
  readonly name?: string | undefined;
}

/** A server that a command works on. */
export interface OpenServer {
  readonly server: OnServer["server"];
  /** With its credentials. */
  readonly properties: OnServer;
  readonly target: Target;
  close(): void;
}

/** Finds the server that the options name; nothing is connected yet. */
export function openServer(choice: ServerChoice): OpenServer {
  const found = propertiesOf(choice);
  const failures = new Failures();
  const { server } = onServer;
  checkServer(check({ server }, found, failures, { system: systemOf(found["server"]) }).server, failures);
  checkCredentials(found, failures);
  if (failures.list.length > 0) {
    throw new UsageError(
      `Invalid server description:\n${failures.list.map(({ property, reason }) => `  ${property}: ${reason}\n`).join("")}`,
    );
  }
  const pool = new HostPool();
  const properties = parse(onServer, found);
  return {
    server: properties.server,
    properties,
    target: toTarget(pool, withFewAttempts(properties)),
    close: () => {
      pool.close();
    },
  };
}

function propertiesOf(choice: ServerChoice): Properties {
  const file = choice["server-file"];
  if (file !== undefined) return fromArguments(serverIn(readJson(file)));
  if (choice.stack !== undefined) return fromStack(choice.stack, choice.name);
  throw new UsageError("Name the server: --stack NAME, or --server-file FILE.\n");
}

// `simulate start` prints an object with a `server`; a file may hold the server itself.
function serverIn(json: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const inner = json["server"];
  return typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : json;
}

function readJson(file: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8"));
    if (typeof json === "object" && json !== null) return json as Record<string, unknown>;
  } catch (error) {
    // What JSON.parse says quotes the text, which may hold a secret.
    throw new UsageError(`${file} cannot be read as JSON: ${error instanceof SyntaxError ? "it is no JSON text" : reasonOf(error)}.\n`);
  }
  throw new UsageError(`${file} cannot be read as JSON: it is no object.\n`);
}
