import type { Call } from "../controller/call";
import type { Switches } from "../switches";

export interface ServerProcess {
  /** `vizqlserver.exe` */
  readonly name: string;
  readonly pid: number;
  readonly started: Date;
  readonly commandLine: string;
}

/** What the programs of a Windows node know of it. */
export interface WindowsMachine {
  readonly name: string;
  readonly user: string;
  readonly switches: () => Switches;
  readonly processes: () => readonly ServerProcess[];
  /** The node's own time. */
  readonly now: () => Date;
  /** A number for a new process. */
  readonly newPid: () => number;
  /** Brings a call of tsm to the controller. */
  readonly callTsm: (call: Call) => Promise<number>;
  /** Folders of the login user that lie elsewhere than usual, as the registry names them. Default: none. */
  readonly shellFolders?: Readonly<Record<string, string>>;
}
