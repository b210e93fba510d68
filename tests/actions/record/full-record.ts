import { connectPluginsPathKey, disableVerifyKey } from "../../../provider/vocabulary/keys";
import type { ServerRecord } from "../../../provider/plan/record/record";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import { connector, digest, owner } from "../../plan/support/servers";

const { fileName, ...a } = connector("a_jdbc");

/** A record with everything that one can have. */
export const fullRecord: ServerRecord = {
  schemaVersion: 1,
  owner: { ...owner, earlierTokens: ["token-0"] },
  files: {
    [fileName]: { directory: linuxLayout.connectors, directories: ["/srv/earlier"], ...a, adopted: false },
    "driver.jar": { directory: linuxLayout.drivers, sha256: digest("driver"), pluginClass: "", pluginVersion: "", adopted: true },
    unpacked: { directory: "/srv/connectors", sha256: digest("unpacked"), pluginClass: "u_jdbc", pluginVersion: "0.1", adopted: false },
  },
  confirmed: {
    node1: { [fileName]: { sha256: a.sha256, changedAt: 1795524865.6437132, process: "fd82d42e-b319 1623411" } },
    node2: {
      [fileName]: { sha256: a.sha256, changedAt: -1.5, process: null },
      [`/srv/earlier/${fileName}`]: { sha256: a.sha256, changedAt: 1 },
    },
  },
  keys: {
    [connectPluginsPathKey]: { earlier: null, applied: linuxLayout.connectors },
    [disableVerifyKey]: { earlier: "true", applied: null, between: ["false", null] },
  },
  answersForcedKeys: true,
  triggers: digest("triggers"),
  lastActivation: { at: "2026-11-24T12:54:26.987Z", why: ["a_jdbc.taco is new on node1"], job: "applyPending" },
  run: "98e0b6f4-2f7b-4a37-9b5e-6a0d0f4b1c11",
  begun: { triggers: null },
  rolledBack: { fingerprint: "2024.2\n/opt/tableau/connectors\nno triggers", at: "2026-01-01T00:00:00+01:00", why: "It failed." },
};
