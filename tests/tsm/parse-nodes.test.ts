import * as command from "../../provider/tsm/command";
import { parseNodes } from "../../provider/tsm/parse-nodes";
import { answerOf } from "./support/answer";
import type { FakeOutput } from "./support/fake-host";
import { outcomeOf } from "./support/outcome-of";

const nodes = (output: FakeOutput): unknown => outcomeOf(() => parseNodes(answerOf(command.listNodes(), output)));

describe("the nodes", () => {
  test.each([
    ["node1\n  node2  \n", ["node1", "node2"]],
    ["- node1\n*  node2\n• node3", ["node1", "node2", "node3"]],
    ["- tab-1.example\nTAB_2", ["tab-1.example", "TAB_2"]],
    ["1\n2", ["1", "2"]],
    ["The nodes:\nnode1\nnode12, node3 node4", ["node1", "node12", "node3", "node4"]],
    ["NODE1 node2", ["NODE1", "node2"]],
    ["node1\nnode1", ["node1"]],
    ["The nodes:\nnode1 node23", ["node1", "node23"]],
    ["node1 - node2\nnode3", ["node3"]],
    // Beside other lines, only the names that TSM itself gives are told from words.
    ["The nodes:\ntab1\nnode1", ["node1"]],
    ["The nodes:\nnode1\na node2\nnode3 x\nnode", ["node1"]],
    ["-node1\nnode2", ["node2"]],
    ["node-1\n_node\nnode1", ["node1"]],
    ["a/b\nnode1", ["node1"]],
    ["node1\n/a", ["node1"]],
  ])("of %j", (stdout, expected) => {
    expect(nodes({ stdout })).toEqual(expected);
  });

  test.each([
    [{ stdout: "node1", exit: 1 }, "tsm-command-failed"],
    [{}, "tsm-answer-unreadable"],
    [{ stdout: "The nodes:\ntab1 tab2" }, "tsm-answer-unreadable"],
  ])("none of %j", (output, code) => {
    expect(nodes(output)).toBe(code);
  });
});
