export type { HostCounts } from "./counts";
export type { Answer, AnswerLine, Connection, Endpoint, Host, NodeAddress, RunAs, Script, Session } from "./host";
export { HostPool, type HostPoolOptions } from "./pool";
