import { TableauError } from "../vocabulary/error";
import { isLoginRefused } from "../vocabulary/error-kind";

/**
 * Runs a read, which has only the credentials that stand in the state: where they are refused, the error says how new
 * ones get there.
 */
export async function withCredentialsOfState<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isLoginRefused(error)) throw error;
    const { code, node, next, message, cause } = error;
    const where = node === undefined ? "" : `[${node}] `;
    throw new TableauError(code, {
      ...(node === undefined ? {} : { node }),
      message: message.slice(where.length, message.length - next.length).trim(),
      next: `${next} Refresh uses the credentials in Pulumi's state: if they were changed in the program since, run \`pulumi up\` without --refresh once; that stores the new ones and touches nothing on the server.`,
      cause,
    });
  }
}
