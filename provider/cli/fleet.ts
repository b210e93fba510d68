import { parseArgs } from "node:util";
import { wallClock } from "../vocabulary/wall-clock";
import { UsageError, type CliCommand, type CliOutput } from "./command";
import { findingKinds, needsAPerson, type Fleet, type FindingKind } from "./fleet/fleet.types";
import { look } from "./fleet/look";
import { makeFleet } from "./fleet/make-fleet";
import { readStacks } from "./fleet/read-stacks";
import { renderPage } from "./fleet/render-page";
import { renderTable } from "./fleet/render-table";
import { writeGiven } from "./write-given";

const usage = `usage: pulumi-tableau fleet [--all | --stack NAME...] [--look] [--html FILE | --json] [--fail-on KIND,...]

Says which connectors and drivers are where, in all servers and machines of some stacks, and what of it needs a person.

  --stack NAME         a stack; may be given several times. Default: every stack of the Pulumi project in the current folder
  --all                every stack that you can see
  --look               ask the nodes, as a refresh does, and change nothing; default: what Pulumi saw last, without any secret
  --html FILE          write one self-contained page
  --json               one JSON object: docs/fleet.md
  --fail-on KIND,...   exit status 1 where something of these kinds needs a person, or is not known because a stack or a node
                       could not be read: ${findingKinds.join(", ")}

Exit status: 0, 1 by --fail-on and where a stack cannot be read, 2 for a wrong call.
`;

export const fleet: CliCommand = { run: fleetCommand };

async function fleetCommand(args: readonly string[], output: CliOutput): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      all: { type: "boolean" },
      stack: { type: "string", multiple: true },
      look: { type: "boolean" },
      html: { type: "string" },
      json: { type: "boolean" },
      "fail-on": { type: "string", multiple: true },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) {
    output.out(usage);
    return 0;
  }
  if (values.all === true && values.stack !== undefined) throw new UsageError(`Pass --all or --stack, not both.\n\n${usage}`);
  if (values.html !== undefined && values.json === true) throw new UsageError(`Pass --html or --json, not both.\n\n${usage}`);
  const failOn = kindsOf(values["fail-on"] ?? []);
  const found = await read(values.all === true ? "all" : (values.stack ?? "of this project"), values.look === true ? "nodes" : "state");
  if (values.html !== undefined) writeGiven(values.html, Buffer.from(renderPage(found)));
  output.out(
    values.json === true ? `${JSON.stringify(found, null, 2)}\n` : renderTable(found, process.stdout.isTTY ? process.stdout.columns : 160),
  );
  if (values.html !== undefined) output.err(`${values.html} was written.\n`);
  return statusOf(found, failOn);
}

async function read(choice: Parameters<typeof readStacks>[0], source: Fleet["source"]): Promise<Fleet> {
  const stacks = await readStacks(choice, source === "nodes" ? "shown" : "hidden");
  return makeFleet(source === "nodes" ? await look(stacks) : stacks, source, wallClock());
}

function kindsOf(given: readonly string[]): FindingKind[] {
  const words = given.flatMap((one) => one.split(",")).map((word) => word.trim());
  return words.map((word) => {
    const kind = findingKinds.find((one) => one === word);
    if (kind === undefined) throw new UsageError(`--fail-on ${word} is no kind, expected some of ${findingKinds.join(", ")}.\n`);
    return kind;
  });
}

// A gate that knows nothing of a stack or a node is not green.
function statusOf(found: Fleet, failOn: readonly FindingKind[]): number {
  if (found.stacks.some(({ error }) => error !== null)) return 1;
  if (failOn.length === 0) return 0;
  const isBlind = found.notKnown.some(({ kind }) => kind === "not-seen");
  return isBlind || needsAPerson(found, failOn) ? 1 : 0;
}
