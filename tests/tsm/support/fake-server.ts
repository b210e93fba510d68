import type { FakeOutput, FakeTsm } from "./fake-host";

const usual: Readonly<Record<string, FakeOutput>> = {
  "status -v": { stdout: "node1: localhost\n\tStatus: RUNNING\n\t'Tableau Server Gateway 0' is running.\n" },
  version: {
    stdout: "Tableau Services Manager command line version 20242.24.0807.0327.\nTableau Server version 20242.24.0807.0327.\n",
  },
  "topology list-nodes": { stdout: "node1\n" },
  "configuration get -k native_api.connect_plugins_path": {
    stdout: "Unknown key: native_api.connect_plugins_path.\nKnown keys:\nnative_api.use_galop\n",
    exit: 1,
  },
  "configuration get -k native_api.disable_verify_connector_plugin_signature": { stdout: "false\n" },
  "jobs list": { stdout: "There are no jobs.\n" },
  "pending-changes list --config-only": { stdout: "Configuration\nThere are no pending configuration changes.\n" },
  "pending-changes list --topology-only": { stdout: "Topology\nThere are no pending topology changes.\n" },
};

/** A quiet server with nothing pending, but for the answers that are given; the account's options are not part of a command here. */
export function server(answers: Readonly<Partial<Record<string, FakeOutput>>> = {}): FakeTsm {
  return ({ command }) => {
    const plain = command.replace(/ -u \S+ -s \S+$/, "");
    return answers[plain] ?? usual[plain] ?? {};
  };
}
