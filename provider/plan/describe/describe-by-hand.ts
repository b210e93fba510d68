import { isOwnKey, keyNames } from "../../vocabulary/keys";
import { isWindowsPath } from "../../vocabulary/node-path";
import { shellWord } from "../../vocabulary/shell-words";
import type { Step } from "../step";
import { isFolderName } from "../compare/wanted-files";

/** The command that does a step by hand on its node, for an error report; null where there is nothing to do by hand. */
export function describeByHand(step: Step, stateDirectory: string): string | null {
  const ofWindows = isWindowsPath(stateDirectory) ? inCmd(step, stateDirectory) : undefined;
  if (ofWindows !== undefined) return ofWindows;
  switch (step.kind) {
    case "place":
      if (isFolderName(step.fileName)) {
        return `[${step.node}] cp -RT ${shellWord(`${stateDirectory}/store/${step.sha256}`)} ${shellWord(`${step.directory}/${step.fileName}`)}`;
      }
      return `[${step.node}] install -m 0644 ${shellWord(`${stateDirectory}/store/${step.sha256}`)} ${shellWord(`${step.directory}/${step.fileName}`)}`;
    case "mend": {
      const file = shellWord(`${step.directory}/${step.fileName}`);
      return `[${step.node}] ${step.owner === null ? "" : `chown ${shellWord(`${step.owner}:`)} ${file} && `}chmod 0644 ${file}`;
    }
    case "retire":
      return `[${step.node}] mv ${shellWord(`${step.directory}/${step.fileName}`)} ${shellWord(`${stateDirectory}/store/`)}`;
    case "openDirectory":
      return `[${step.node}] chmod 0755 ${shellWord(step.directory)}`;
    case "trust":
      return trustByHand(step, stateDirectory, shellWord);
    case "setKey":
      // The value may be a secret, and a command line is none of its places.
      if (!isOwnKey(step.key)) {
        return `tsm settings import -f FILE --config-only --force-keys (FILE: {"configKeys": {${JSON.stringify(step.key)}: VALUE}}, with the value from otherKeys in ${stateDirectory}/record.json)`;
      }
      return `tsm configuration set -k ${step.key} -v ${shellWord(step.value)} --force-keys`;
    case "unsetKey":
      return `tsm configuration set -k ${step.key} -d --force-keys`;
    case "discardPending":
      return `tsm pending-changes list (discard ${keyNames.join(" and ")} and the program's other keys, if nothing else is pending: tsm pending-changes discard --config-only)`;
    case "applyPending":
      return "tsm pending-changes apply";
    case "restart":
      return "tsm restart";
    case "record":
    case "awaitRunning":
      return null;
  }
}

// keytool asks for the password of the store.
function trustByHand(
  { node, path, remove, add }: Extract<Step, { kind: "trust" }>,
  stateDirectory: string,
  word: (text: string) => string,
): string {
  const keytool = word(path.replace(/\/lib\/security\/cacerts$/, "/bin/keytool"));
  const commands = [
    ...remove.map(({ alias }) => `${keytool} -delete -keystore ${word(path)} -alias "${alias}"`),
    ...add.map(
      ({ alias, sha256 }) =>
        `${keytool} -importcert -noprompt -keystore ${word(path)} -alias "${alias}" -file ${word(`${stateDirectory}/store/${sha256}`)}`,
    ),
  ];
  return `[${node}] ${commands.join(" && ")}`;
}

// undefined: the command is the same on both systems.
function inCmd(step: Step, stateDirectory: string): string | null | undefined {
  const path = (text: string): string => `"${text.replaceAll("/", "\\")}"`;
  switch (step.kind) {
    case "place":
      return `[${step.node}] copy /b /y ${path(`${stateDirectory}/store/${step.sha256}`)} ${path(`${step.directory}/${step.fileName}`)}`;
    case "retire":
      return `[${step.node}] move ${path(`${step.directory}/${step.fileName}`)} ${path(`${stateDirectory}/store`)}`;
    case "trust":
      return trustByHand(step, stateDirectory, path);
    case "setKey":
      return isOwnKey(step.key) ? `tsm configuration set -k ${step.key} -v "${step.value}" --force-keys` : undefined;
    case "mend":
    case "openDirectory":
      return null;
    default:
      return undefined;
  }
}
