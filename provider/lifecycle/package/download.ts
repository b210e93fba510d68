import type { IncomingHttpHeaders } from "node:http";
import type * as Undici from "undici";
import { TableauError } from "../../vocabulary/error";
import { fileLimits, tooLarge, type FileKind } from "../../vocabulary/file-limits";
import { withoutSecrets } from "./is-https";
import { proxyOf } from "./proxy-of";
import { downloadWaits, Waiting, type DownloadWaits } from "./waits";

const mostRedirects = 10;
const connectMilliseconds = (downloadWaits.answer + 5) * 1000;

/**
 * The bytes at an https address, as they come: through the proxy that the environment names, after redirects, and trusting what Node.js
 * trusts, `NODE_EXTRA_CA_CERTS` included.
 *
 * @throws TableauError source-unavailable
 */
export async function download(source: string, kind: FileKind, waits: DownloadWaits = downloadWaits): Promise<Buffer> {
  // Loaded when something is fetched: the start of the process is part of every preview.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const undici = require("undici") as typeof Undici;
  const waiting = new Waiting(waits.whole);
  let address = new URL(source);
  let proxy: URL | null = null;
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      proxy = supported(proxyOf(address, process.env));
      waiting.begin("there was no answer", waits.answer);
      const answer = await ask(undici, { address, proxy, signal: waiting.signal, isFirst: sameOrigin(address, source) });
      try {
        if (answer.next === null) return await readBody(answer, kind, () => waiting.begin("nothing came", waits.piece));
        address = answer.next;
      } finally {
        answer.close();
      }
    }
    throw new Error(`more than ${String(mostRedirects)} redirects`);
  } catch (error) {
    throw unavailable(source, address, proxy, waiting.signal.aborted ? waiting.signal.reason : error);
  } finally {
    waiting.end();
  }
}

interface Question {
  readonly address: URL;
  readonly proxy: URL | null;
  readonly signal: AbortSignal;
  /** Whether the user and password of the source, if it has any, are for this address. */
  readonly isFirst: boolean;
}

interface Answer {
  /** Where a redirect leads. */
  readonly next: URL | null;
  readonly headers: IncomingHttpHeaders;
  readonly body: AsyncIterable<Uint8Array>;
  close(): void;
}

async function ask(undici: typeof Undici, { address, proxy, signal, isFirst }: Question): Promise<Answer> {
  // The library's own waits are longer than ours, which hold for every phase, also for the proxy's: they end what it has left behind.
  const connect = { timeout: connectMilliseconds };
  const waits = { headersTimeout: 0, bodyTimeout: 0, connect };
  const agent =
    proxy === null
      ? new undici.Agent(waits)
      : new undici.ProxyAgent({ ...waits, uri: withoutUser(proxy), ...tokenOf(proxy), requestTls: connect, proxyTls: connect });
  // Not waited for: it ends when a connection that is being made has ended.
  const close = (): void => void agent.destroy().catch(() => undefined);
  try {
    const authorization = isFirst ? basic(address) : undefined;
    const asking = undici.request(withoutUser(address), {
      dispatcher: agent,
      signal,
      headers: { accept: "*/*", ...(authorization === undefined ? {} : { authorization }) },
    });
    const { statusCode, headers, body } = await unlessAborted(asking, signal);
    // What is left unread of a connection that is torn down.
    body.on("error", () => undefined);
    const { location } = headers;
    if (statusCode >= 300 && statusCode < 400 && typeof location === "string") {
      const next = new URL(location, address);
      if (next.protocol !== "https:") throw new Error(`it leads to ${withoutSecrets(next.href)}, which is no https address`);
      return { next, headers, body, close };
    }
    if (statusCode < 200 || statusCode >= 300) throw new Error(`HTTP ${String(statusCode)}`);
    return { next: null, headers, body, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** The library looks at the signal only once it is connected. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", end);
    void work.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", end);
    });
  });
}

async function readBody({ headers, body }: Answer, kind: FileKind, progress: () => void): Promise<Buffer> {
  const most = fileLimits[kind];
  const announced = Number(headers["content-length"] ?? 0);
  if (announced > most) throw new Error(tooLarge(kind, { size: announced }));
  const parts: Uint8Array[] = [];
  let size = 0;
  progress();
  for await (const part of body) {
    progress();
    size += part.length;
    if (size > most) throw new Error(tooLarge(kind, { moreThan: most }));
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function supported(proxy: URL | null): URL | null {
  if (proxy === null || proxy.protocol === "http:" || proxy.protocol === "https:") return proxy;
  throw new Error(`proxies of the kind ${proxy.protocol}// are not supported`);
}

function sameOrigin(address: URL, source: string): boolean {
  return address.origin === new URL(source).origin;
}

function withoutUser(url: URL): string {
  const plain = new URL(url);
  plain.username = "";
  plain.password = "";
  return plain.href;
}

function tokenOf(proxy: URL): { token?: string } {
  const token = basic(proxy);
  return token === undefined ? {} : { token };
}

function basic({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(text).toString("base64")}`;
}

const unknownAuthority = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function unavailable(source: string, address: URL, proxy: URL | null, error: unknown): TableauError {
  const { message, code } = innermost(error);
  const where = address.href === new URL(source).href ? "" : `, redirected to ${withoutSecrets(address.href)}`;
  const through = proxy === null ? "" : ` through the proxy ${proxy.host}`;
  return new TableauError("source-unavailable", {
    message: `${withoutSecrets(source)}${where} cannot be fetched${through} (${message}).`,
    next: unknownAuthority.has(code)
      ? "Name the file with the certificate of your authority in NODE_EXTRA_CA_CERTS, where `pulumi` is started."
      : proxy === null
        ? "Correct `source`, or see why that address does not answer. Is a proxy needed? Then set HTTPS_PROXY."
        : "Correct `source`, or the variables HTTPS_PROXY and NO_PROXY, or see why the proxy does not let that address through.",
    cause: error,
  });
}

/** A failed connection to several addresses of one name is an AggregateError without words of its own. */
function innermost(error: unknown): { message: string; code: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  if (!(error instanceof Error)) return { message: String(error), code: "" };
  if (error.cause instanceof Error) return innermost(error.cause);
  return { message: error.message, code: "code" in error ? String(error.code) : "" };
}
