import { field, type Inputs, under } from "./field";
import { anyText, byName, flag, type Kind, list, number, object, text, whole, word } from "./kinds";
import { atMost, host, pathOnNode, release } from "./rules";

/** What of a connection may be read in every diff. */
export const address = {
  host: field(text, { says: "Host name or address.", otherwise: "none, the node is the machine that runs the program", rules: [host] }),
  port: field(whole(1), { says: "Port of the SSH server.", default: 22, rules: [atMost(65535)] }),
  user: field(text, { says: "User to log in as; needed where there is a host.", neededWith: "host" }),
};

/** What of a connection is always a secret, among the credentials in state. */
export const login = {
  password: field(anyText, { says: "Password of the user, for SSH and for sudo.", otherwise: "none", secret: true }),
  privateKey: field(anyText, { says: "Private key, as a text.", otherwise: "none", secret: true }),
  privateKeyPath: field(anyText, {
    says: "Path of a private key file, read when the connection opens: so the key never enters the state.",
    otherwise: "none",
    secret: true,
  }),
  privateKeyPassword: field(anyText, { says: "Password of the private key.", otherwise: "none", secret: true }),
  agentSocketPath: field(anyText, { says: "Socket of the SSH agent.", otherwise: "`SSH_AUTH_SOCK` of the environment", secret: true }),
  hostKey: field(anyText, {
    says: "Public key that the host must show, as a line of `known_hosts` has it.",
    otherwise: "what the user's `known_hosts` says",
    secret: true,
  }),
  dialErrorLimit: field(number, { says: "How often connecting is tried; -1: without end.", default: 10, secret: true }),
  perDialTimeout: field(number, {
    says: "One attempt to connect.",
    otherwise: "`timeouts.connect` of the config (15)",
    unit: "seconds",
    secret: true,
  }),
};

/** The same where there is a host for certain. */
const ofHost = { ...address, host: field(text, { need: "required", says: address.host.says, rules: [host] }) };

/** A connection, as a program gives it. */
export const connectionArguments = {
  ...ofHost,
  ...login,
  proxy: field(object("ProxyConnectionArgs", { ...ofHost, ...login }), {
    says: "A host that the connection is made through.",
    otherwise: "none",
  }),
};

/** A node, as a program gives it. */
export const nodeArguments = {
  name: field(text, { need: "required", says: 'The node\'s name as `tsm topology list-nodes` prints it, such as "node1".' }),
  connection: field(object("NodeConnectionArgs", connectionArguments), {
    says: "How to reach it over SSH.",
    otherwise: "none, the node is the machine that runs the program",
  }),
};

/** What of a connection stands beside the name of a node or a machine in state. */
export const publicConnection = under("connection", {
  ...address,
  proxy: field(object("ProxyConnectionArgs", ofHost), connectionArguments.proxy),
});

/** What of it may be read in every diff. */
export const tsmInputs = {
  username: field(text, {
    says: "Account for `tsm login`.",
    otherwise: "none, the login user is in the group `tsmadmin` (Tableau Server 2019.2 and later)",
  }),
  path: field(text, { says: "Path of the tsm program.", otherwise: "found by the profile of Tableau Server", rules: [pathOnNode] }),
  requestTimeoutSeconds: field(whole(1), {
    says: "`--request-timeout` of apply and restart, in seconds.",
    otherwise: "`timeouts.restart` of the config (1800)",
    unit: "seconds",
  }),
};

/** How tsm is called, as a program says it. */
const tsmArguments = {
  username: tsmInputs.username,
  password: field(text, { says: "Its password, always a secret; it reaches tsm on standard input only.", otherwise: "none", secret: true }),
  path: tsmInputs.path,
  requestTimeoutSeconds: tsmInputs.requestTimeoutSeconds,
};

function ofServer<N, T>(node: Kind<N>, tsmOfServer: Kind<T>) {
  return {
    name: field(text, {
      need: "required",
      says: 'What people call the server, such as "prod". A label: it may change at any time, and nothing is replaced.',
      preview: "needed",
    }),
    nodes: field(list(node), {
      need: "required",
      says: "Every node of the cluster, under the names that `tsm topology list-nodes` prints. The first is the initial node, where tsm runs.",
      missing: noNodes,
      rules: [{ says: "at least one", reasons: (nodes) => (nodes.length === 0 ? [noNodes] : []) }],
    }),
    version: field(text, {
      says: 'Release of the server, such as "2024.2": then a preview already refuses a connector that this release would not load.',
      otherwise: "asked with `tsm version` when the server is reached",
      preview: "needed",
      rules: [release],
    }),
    platform: field(word("linux", "windows"), {
      says: 'Which system the nodes have; it decides defaults of others. A node that turns out to have the other one is refused. For "windows" see docs/hosts.md; paths may have either slash there, and capitals do not matter.',
      default: "linux",
      preview: "needed",
    }),
    placement: field(word("shared", "perProcess", "path"), {
      says: 'How connectors reach the server\'s processes: "shared", the one folder that all of them read by themselves (2021.2 and later); "path", one folder that the server\'s path key names, which Prep flows do not read; "perProcess", the own folders of VizQL Server and of Prep\'s processes on each node (2019.4 and later). A change retires the old place in the same restart.',
      otherwise: "one folder, `connectorsDirectory`, and the path key only where this release does not read it by itself",
      preview: "needed",
    }),
    connectorsDirectory: field(text, {
      says: "Folder on every node that connectors are placed in, unless `placement` says otherwise.",
      otherwise:
        "`/opt/tableau/connectors`, which Tableau Server reads by itself from 2021.2 on; for another folder, or an older release, the server's path key is set to it",
      preview: "needed",
      rules: [pathOnNode],
    }),
    driversDirectory: field(text, {
      says: "Folder on every node that JDBC drivers are placed in.",
      otherwise: "`/opt/tableau/tableau_driver/jdbc`, where Tableau Server looks",
      preview: "needed",
      rules: [pathOnNode],
    }),
    stateDirectory: field(text, {
      says: "Folder for the store, the lock and the record of this package. It must be the same in every program that works on this server.",
      otherwise: "`/var/opt/pulumi-tableau`, on Windows `C:\\ProgramData\\pulumi-tableau`",
      preview: "needed",
      rules: [pathOnNode],
    }),
    privilege: field(word("sudo", "none"), {
      says: "How files are written: through `sudo -n`, or as the login user.",
      otherwise: '"sudo" where the login user is not root',
      preview: "needed",
    }),
    tsm: field(tsmOfServer, {
      says: "How tsm is called on the initial node.",
      otherwise: "as the login user, without a password",
    }),
    allowPartialCluster: field(flag, {
      says: "Accept that `nodes` is not the whole cluster, which else must be what tsm says.",
      default: false,
      preview: "needed",
    }),
  };
}

const noNodes = "expected at least one node; the first is the initial node, where tsm runs";

/** The public part of a node, as it stands in state. */
export const nodeInputs = { name: nodeArguments.name, ...publicConnection };

/** A server, as a program describes it. */
export const serverArguments = ofServer(object("NodeArgs", nodeArguments), object("TsmArgs", tsmArguments));

/** Its public part, as it stands in state: readable in every diff. */
export const serverInputs = ofServer(object("NodeArgs", nodeInputs), object("TsmArgs", tsmInputs));

/** Its secret part, always a secret in state. */
export const credentialInputs = {
  nodes: field(
    byName(object("NodeCredentials", { ...login, proxy: field(object("ProxyCredentials", login), connectionArguments.proxy) })),
    {
      says: "By node.",
    },
  ),
  tsmPassword: field(text, tsmArguments.password),
};

/** Time limits of what is done on a server. */
export const timeoutFields = {
  connect: field(whole(1), { says: "One attempt to connect to a node.", default: 15, unit: "seconds" }),
  command: field(whole(1), { says: "One phase of work on a node, uploads included.", default: 600, unit: "seconds" }),
  restart: field(whole(1), { says: "One restart, or one apply of pending changes.", default: 1800, unit: "seconds" }),
  ready: field(whole(1), { says: "From then until no process is worse than before.", default: 3600, unit: "seconds" }),
};

export const timeouts = field(object("TimeoutArgs", timeoutFields), { says: "Time limits, in seconds." });

/** What has to be known of any resource of a server to reach it. */
export const onServer = {
  server: field(object("TableauServerArgs", serverInputs), { need: "required", says: "The server." }),
  credentials: field(object("Credentials", credentialInputs), { says: "Secrets of its connections.", secret: true, hidden: true }),
  timeouts,
};

export type OnServer = Inputs<typeof onServer>;
export type ServerInputs = Inputs<typeof serverInputs>;
export type NodeInputs = Inputs<typeof nodeInputs>;
/** Without a host a node is the machine that runs the program. */
export type EndpointInputs = Inputs<typeof ofHost>;
export type CredentialInputs = Inputs<typeof credentialInputs>;
export type EndpointCredentials = Inputs<typeof login>;
export type NodeCredentials = NonNullable<CredentialInputs["nodes"]>[string];
