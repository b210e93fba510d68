import { hasRestarted, hasStayed, hasSurelyRestarted } from "../../../provider/plan/compare/has-restarted";
import type { SeenServer } from "../../../provider/plan/seen";
import { node, seenServer } from "../support/servers";

const showing = (...processes: (string | null)[]): SeenServer =>
  seenServer({ nodes: processes.map((oldestProcess, i) => node(`node${String(i + 1)}`, { oldestProcess })) });

test.each<[string, (string | null)[], (string | null)[], { restarted: boolean; stayed: boolean; surely: boolean }]>([
  ["the same", ["a", "b"], ["a", "b"], { restarted: false, stayed: true, surely: false }],
  ["others on each", ["a", "b"], ["c", "d"], { restarted: true, stayed: false, surely: true }],
  ["others on one", ["a", "b"], ["a", "d"], { restarted: false, stayed: false, surely: false }],
  ["none was seen before on one", ["a", null], ["c", "d"], { restarted: true, stayed: false, surely: false }],
  ["none is seen now on one", ["a", "b"], ["c", null], { restarted: true, stayed: false, surely: false }],
  ["none is seen now, and the other stays", ["a", "b"], ["a", null], { restarted: false, stayed: false, surely: false }],
  ["none was ever seen", [null, null], [null, null], { restarted: true, stayed: false, surely: false }],
  ["a node that was not looked at before", ["a"], ["c", "d"], { restarted: true, stayed: false, surely: false }],
  ["a node that was not looked at before, and no process", ["a"], ["c", null], { restarted: true, stayed: false, surely: false }],
])("processes: %s", (_name, before, after, expected) => {
  const [earlier, later] = [showing(...before), showing(...after)];
  expect({
    restarted: hasRestarted(earlier, later),
    stayed: hasStayed(earlier, later),
    surely: hasSurelyRestarted(earlier, later),
  }).toEqual(expected);
});
