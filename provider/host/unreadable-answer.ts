/** What a node printed is no answer. The host that ran the script turns it into an error that names the node. */
export class UnreadableAnswer extends Error {
  override readonly name = "UnreadableAnswer";
}
