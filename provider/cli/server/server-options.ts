/** How a command is told which server it works on. */
export const serverOptions = {
  stack: { type: "string" },
  "server-file": { type: "string" },
  name: { type: "string" },
} as const;

export const serverUsage = `  --stack NAME         take the server from this stack of the Pulumi project in the current folder
  --server-file FILE   take it from a JSON file instead: the \`server\` of a program ("-": standard input)
  --name SERVER        which server, where the stack has several
`;
