import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { defaultSwitches, type FaultName, type windowsSwitchNames } from "../../../simulator";
import type { Bench } from "./bench";

/** Something that goes wrong while an operation runs. */
export interface Trouble {
  readonly name: string;
  /** Lets it happen from now on. */
  readonly begin: (bench: Bench) => Promise<void>;
  /** It is over; what an administrator would do by hand about it is done. */
  readonly end: (bench: Bench) => Promise<void>;
  /** What an error must say of the cause, where the operation does not go through. */
  readonly cause: RegExp;
  /** Seconds that the program gives, where the operation waits until they are over. Default: those of the bench. */
  readonly timeouts?: Partial<Bench["timeouts"]>;
}

/** CONNECTORS and STATE in a setting are those folders of the server. */
type Case = readonly [fault: FaultName, setting: string, cause: RegExp, timeouts?: Trouble["timeouts"]];

const onBoth: readonly Case[] = [
  ["controller-down", "", /Controller/i],
  ["apply-fails-before", "once", /failed/],
  ["apply-fails-before", "always", /failed/],
  ["apply-fails-after", "once", /failed/],
  ["apply-fails-after", "always", /failed/],
  ["restart-fails", "once", /failed/],
  ["restart-fails", "always", /failed/],
  ["start-state", "DEGRADED", /DEGRADED/, { ready: 1 }],
  ["start-state", "ERROR", /ERROR/, { ready: 1 }],
  ["start-state", "STOPPED", /STOPPED/, { ready: 1 }],
  ["start-state", "recovers:300", /never/],
  ["job-busy", "700", /never/],
  ["job-outlives-timeout", "700", /never/],
  ["login-expired", "once", /not logged in/],
  ["login-expired", "always", /not logged in/],
  ["not-authorised", "", /not logged in/],
  ["slow-node", "node2:40", /never/],
  ["unreachable-node", "node1", /cannot be reached/],
  ["unreachable-node", "node2", /cannot be reached/],
  ["unreachable-node", "node3:hang", /cannot be reached/],
  ["cut-upload", "node1:20000", /connection was lost/],
  ["cut-upload", "node2:20000", /connection was lost/],
  ["disk-full", "node1", /No space left/],
  ["disk-full", "node2:40000", /No space left/],
  ["disk-full", "node3:0:CONNECTORS", /No space left/],
  ["read-only", "node2", /Read-only|Permission denied/],
  ["read-only", "node1:STATE", /Read-only|Permission denied/],
  ["noisy-login", "", /never/],
  ["banner", "", /never/],
  ["several-versions", "", /never/],
  ["tsm-not-on-path", "", /never/],
  ["clock-skew", "5400", /never/],
  ["clock-skew", "-5400", /never/],
];

const onLinux: readonly Case[] = [
  ["sudo-password", "", /sudo/],
  ["sudo-commands", "/bin/ls", /sudo/],
  ["requiretty", "", /sudo|tty/i],
  ["umask-077", "", /never/],
];

const onWindows: readonly Case[] = [
  ["disk-full", "node2:0:STATE", /No space left/],
  ["read-only", "node3:STATE", /Permission denied/],
  ["files-held", "node2", /a program holds it open/],
  // The lock is a file that is held open: whoever else holds it looks like a run.
  ["files-held", "node1:STATE", /a program holds it open|changed by somebody else/, { restart: 5 }],
  ["files-held", "node3:STATE/store", /a program holds it open/],
];

export const troubles: readonly Trouble[] = [
  ...[...onBoth, ...onLinux].map(simulated),
  printing("crlf"),
  printing("ansi"),
  printing("trailing-blanks"),
  {
    name: "another locale",
    begin: async (bench) => await bookOn(bench, "export LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 LANGUAGE=de"),
    end: async (bench) => await bench.world.cluster.clearFaults(),
    cause: /never/,
  },
  changedInBetween(),
  killedNode(),
];

/** Those that Windows nodes can have. */
export const windowsTroubles: readonly Trouble[] = [
  ...[...onBoth, ...onWindows].map(simulated),
  printing("crlf"),
  printing("ansi"),
  printing("trailing-blanks"),
  switched("windowsLanguage", "german"),
  switched("certutilDigest", "blocked"),
  switched("processList", "blocked"),
  changedInBetween(),
  killedNode(),
];

function simulated([fault, setting, cause, timeouts]: Case): Trouble {
  return {
    name: [fault, setting].join(" ").trim(),
    begin: async ({ world: { cluster } }) => {
      const { connectors, state } = cluster.paths;
      await cluster.fault(fault, setting.replace("CONNECTORS", connectors).replace("STATE", state));
    },
    end: async ({ world }) => {
      await world.cluster.clearFaults();
      // A server that its restart left STOPPED is started by whoever looks after it.
      if (fault === "start-state" || fault.endsWith("-fails") || fault.startsWith("apply-fails")) await world.cluster.startServer();
    },
    cause,
    ...(timeouts === undefined ? {} : { timeouts }),
  };
}

function printing(setting: "crlf" | "ansi" | "trailing-blanks"): Trouble {
  return {
    name: `tsm prints ${setting}`,
    begin: async ({ world }) => await world.cluster.switch("lineEnds", setting),
    end: async ({ world }) => await world.cluster.switch("lineEnds", "lf"),
    cause: /never/,
  };
}

function switched(name: (typeof windowsSwitchNames)[number], setting: string): Trouble {
  return {
    name: `${name}: ${setting}`,
    begin: async ({ world }) => await world.cluster.switch(name, setting as never),
    end: async ({ world }) => await world.cluster.switch(name, defaultSwitches()[name]),
    cause: /never/,
  };
}

// The text of `noisy-login` is printed by `.bashrc`: a line of shell that ends the text sets something instead.
async function bookOn({ world }: Bench, line: string): Promise<void> {
  await world.cluster.fault("noisy-login", `'; ${line}; printf '%s' '`);
}

/** A live file changes after it was looked at and before it is placed: whoever did that must not lose it. */
function changedInBetween(): Trouble {
  let stranger: string | undefined;
  return {
    name: "a file changes between look and change",
    begin: async (bench) => {
      const path = bench.world.livePath("node2", "a_jdbc.taco");
      const wasThere = existsSync(path);
      bench.onPoint = (label) => {
        if (!label.startsWith("node2 place") || !label.endsWith("before")) return;
        bench.onPoint = undefined;
        appendFileSync(path, "somebody else");
        bench.watch.know(readFileSync(path));
        if (!wasThere) stranger = path;
      };
    },
    // A file of ours that was changed is for the next run to mend; one that was never ours is taken away by its owner.
    end: async (bench) => {
      bench.onPoint = undefined;
      if (stranger !== undefined && existsSync(stranger)) {
        bench.watch.forgive(readFileSync(stranger));
        rmSync(stranger);
      }
      stranger = undefined;
    },
    cause: /somebody else|who else changes/,
  };
}

/** A node dies while packages are delivered or placed, and comes back. */
function killedNode(): Trouble {
  return {
    name: "a node is rebooted in between",
    begin: async (bench) => {
      bench.onPoint = (label) => {
        if (!/^node3 (stage|place).* before$/.test(label)) return;
        bench.onPoint = undefined;
        bench.rebooting = bench.world.cluster.killNode("node3");
      };
    },
    end: async (bench) => {
      bench.onPoint = undefined;
      await bench.rebooting;
      if (bench.rebooting !== undefined) await bench.world.cluster.reviveNode("node3");
      bench.rebooting = undefined;
    },
    cause: /node3/,
  };
}
