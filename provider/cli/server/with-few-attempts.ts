import type { CredentialInputs, EndpointCredentials, NodeCredentials, OnServer } from "../../schema/server";

/** A second one, since a busy sshd drops connections at random (`MaxStartups`). */
const attempts = 2;

/**
 * The properties of a server for a person who waits for an answer: a program's `dialErrorLimit` is for machines that are still starting, and
 * ten attempts take half a minute.
 */
export function withFewAttempts(properties: OnServer): OnServer {
  const { server, credentials = {} } = properties;
  const names = server.nodes.map(({ name }) => name);
  return { ...properties, credentials: fewAttempts(names, credentials) };
}

/** The same for the credentials of some nodes, or of a machine. */
export function fewAttempts(names: readonly string[], credentials: CredentialInputs): CredentialInputs {
  return { ...credentials, nodes: Object.fromEntries(names.map((name) => [name, fewer(credentials.nodes?.[name] ?? {})])) };
}

function fewer(credentials: NodeCredentials): NodeCredentials {
  return { ...limited(credentials), ...(credentials.proxy === undefined ? {} : { proxy: limited(credentials.proxy) }) };
}

function limited<T extends EndpointCredentials>(credentials: T): T {
  const { dialErrorLimit = attempts } = credentials;
  return { ...credentials, dialErrorLimit: dialErrorLimit >= 0 ? Math.min(dialErrorLimit, attempts) : attempts };
}
