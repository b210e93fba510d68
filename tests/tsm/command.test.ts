import type { Call } from "../../provider/tsm/call";
import * as command from "../../provider/tsm/command";

const path = "native_api.connect_plugins_path";
const flag = "native_api.disable_verify_connector_plugin_signature";

test.each<readonly [Call, readonly string[]]>([
  [command.version(), ["version"]],
  [command.status(), ["status", "-v"]],
  [command.listNodes(), ["topology", "list-nodes"]],
  [command.getKey(path), ["configuration", "get", "-k", path]],
  [command.setKey(flag, "true"), ["configuration", "set", "-k", flag, "-v", "true", "--force-keys"]],
  [command.setKey(path, "/opt/my connectors"), ["configuration", "set", "-k", path, "-v", "/opt/my connectors", "--force-keys"]],
  [command.setKey(path, ""), ["configuration", "set", "-k", path, "-v", "", "--force-keys"]],
  [command.setKey(path, "-d"), ["configuration", "set", "-k", path, "--value=-d", "--force-keys"]],
  [command.setKey(path, "--force-keys"), ["configuration", "set", "-k", path, "--value=--force-keys", "--force-keys"]],
  [command.resetKey(path, "force-keys"), ["configuration", "set", "-k", path, "-d", "--force-keys"]],
  [command.resetKey(path, "known-keys"), ["configuration", "set", "-k", path, "-d"]],
  [command.listPending("config"), ["pending-changes", "list", "--config-only"]],
  [command.listPending("topology"), ["pending-changes", "list", "--topology-only"]],
  [command.discardPending(), ["pending-changes", "discard", "--config-only"]],
  [command.applyPending(1800), ["pending-changes", "apply", "--ignore-prompt", "--request-timeout", "1800"]],
  [command.restart(1800), ["restart", "--request-timeout", "1800"]],
  [command.listJobs(), ["jobs", "list"]],
  [command.reconnectJob("12", 60), ["jobs", "reconnect", "--id", "12", "--request-timeout", "60"]],
  [command.reconnectJob(undefined, 60), ["jobs", "reconnect", "--request-timeout", "60"]],
  [command.withAccount(command.version(), "admin"), ["version", "-u", "admin", "-s", "https://HOSTNAME:8850"]],
  [command.withAccount(command.version(), "-x"), ["version", "--username=-x", "-s", "https://HOSTNAME:8850"]],
])("%#: %j", (call, args) => {
  expect(call.args).toEqual(args);
});

test("a call under an account is named without it", () => {
  expect(command.withAccount(command.version(), "admin").name).toBe("tsm version");
});

test("the list of jobs may stop what comes after it", () => {
  expect(command.listJobsFirst()).toEqual({ ...command.listJobs(), onFailure: "stop-if-busy" });
});

test("what may print values of keys is known", () => {
  expect(command.getKey(flag)).toMatchObject({ prints: "facts", onFailure: "go-on" });
  expect(command.getKey("gateway.timeout")).toEqual({
    ...command.version(),
    name: "tsm configuration get -k gateway.timeout",
    args: ["configuration", "get", "-k", "gateway.timeout"],
    prints: "values",
  });
  expect(command.discardPending()).toMatchObject({ prints: "values", onFailure: "stop", output: "whole" });
  expect(command.listPending("config").prints).toBe("values");
  expect(command.applyPending(1).prints).toBe("values");
});
