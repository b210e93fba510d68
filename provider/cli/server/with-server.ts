import { UsageError, type CliOutput } from "../command";
import { openServer, type OpenServer, type ServerChoice } from "./open-server";

/** What a command that works on a server has among its options. */
interface Choice extends ServerChoice {
  readonly help?: boolean | undefined;
}

/** The frame of a command that works on a server: prints `usage` where help is asked for, else opens the server, works, and closes it. */
export async function withServer(
  choice: Choice,
  usage: string,
  output: CliOutput,
  work: (server: OpenServer) => Promise<number>,
): Promise<number> {
  if (choice.help === true) {
    output.out(usage);
    return 0;
  }
  if (choice.stack === undefined && choice["server-file"] === undefined) {
    throw new UsageError(`Name the server: --stack NAME, or --server-file FILE.\n\n${usage}`);
  }
  const server = openServer(choice);
  try {
    return await work(server);
  } finally {
    server.close();
  }
}
