import type { EndpointCredentials, NodeCredentials, OnServer } from "../../schema/server";

/** A second one, since a busy sshd drops connections at random (`MaxStartups`). */
const attempts = 2;

/**
 * The properties of a server for a person who waits for an answer: a program's `dialErrorLimit` is for machines that are still starting, and
 * ten attempts take half a minute.
 */
export function withFewAttempts(properties: OnServer): OnServer {
  const { server, credentials = {} } = properties;
  const nodes = Object.fromEntries(server.nodes.map(({ name }) => [name, fewer(credentials.nodes?.[name] ?? {})]));
  return { ...properties, credentials: { ...credentials, nodes } };
}

function fewer(credentials: NodeCredentials): NodeCredentials {
  return { ...limited(credentials), ...(credentials.proxy === undefined ? {} : { proxy: limited(credentials.proxy) }) };
}

function limited<T extends EndpointCredentials>(credentials: T): T {
  const { dialErrorLimit = attempts } = credentials;
  return { ...credentials, dialErrorLimit: dialErrorLimit >= 0 ? Math.min(dialErrorLimit, attempts) : attempts };
}
