import { randomBytes } from "node:crypto";
import type { Cluster } from "./cluster";
import { ControlServer } from "./control-server";
import { writeCluster, type SavedCluster } from "./saved-cluster";

/** Lets other processes reach the cluster of a folder; see `attachCluster`. */
export async function takeControl(cluster: Cluster, saved: SavedCluster, directory: string): Promise<void> {
  const token = randomBytes(16).toString("hex");
  const control = new ControlServer(token, {
    describe: () => Promise.resolve({ nodes: cluster.nodes, server: cluster.server, trustStore: cluster.trustStore }),
    state: () => cluster.state(),
    fault: (...args: Parameters<Cluster["fault"]>) => cluster.fault(...args),
    clearFaults: () => cluster.clearFaults(),
    switch: (...args: Parameters<Cluster["switch"]>) => cluster.switch(...args),
    tsm: (...args: Parameters<Cluster["tsm"]>) => cluster.tsm(...args),
    run: (...args: Parameters<Cluster["run"]>) => cluster.run(...args),
    nodePath: (...args: Parameters<Cluster["nodePath"]>) => Promise.resolve(cluster.nodePath(...args)),
    startServer: () => cluster.startServer(),
    stopServer: () => cluster.stopServer(),
    addNode: () => cluster.addNode(),
    layRelease: (version: string) => cluster.layRelease(version),
    upgrade: (version: string) => cluster.upgrade(version),
    killNode: (...args: Parameters<Cluster["killNode"]>) => cluster.killNode(...args),
    reviveNode: (...args: Parameters<Cluster["reviveNode"]>) => cluster.reviveNode(...args),
    // The answer must be out before the server that gives it ends.
    stop: () => Promise.resolve(void setImmediate(() => void cluster.stop())),
  });
  cluster.serveControl(control);
  saved.control = { pid: process.pid, port: await control.start(), token };
  writeCluster(directory, saved);
}
