import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether there is a browser here. */
export const hasBrowser = spawnSync("chromium", ["--version"]).status === 0;

export interface View {
  readonly width: number;
  readonly theme: "light" | "dark";
  readonly media?: "screen" | "print";
}

/** What a browser made of a page. */
export interface Shown {
  /** Every address that it asked for, the page's own first. */
  readonly requests: readonly string[];
  /** What came to the server that has the page. */
  readonly served: readonly string[];
  readonly text: string;
  readonly background: string;
  /** Wider than the window means that it has to be pushed to and fro. */
  readonly scrollWidth: number;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  readonly png: Buffer;
  /** Paper pages of its PDF. */
  readonly pages: number;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
}

/** Shows a page to headless Chromium, over the protocol of its developer tools; every other host's name leads nowhere. */
export async function show(html: string, { width, theme, media = "screen" }: View): Promise<Shown> {
  const served: string[] = [];
  const server = createServer((request, response) => {
    served.push(request.url ?? "");
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const browser = new Browser();
  try {
    return {
      ...(await browser.show(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`, { width, theme, media })),
      served,
    };
  } finally {
    await browser.close();
    await closed(server);
  }
}

class Browser {
  readonly #profile = mkdtempSync(join(tmpdir(), "browser-"));
  readonly #process: ChildProcess;
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #events: Message[] = [];
  readonly #waiting = new Map<string, () => void>();
  #session: string | undefined;
  #calls = 0;

  constructor() {
    const options = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--hide-scrollbars"];
    const apart = [`--user-data-dir=${this.#profile}`, "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"];
    // In a process group of its own, so that the processes that write its profile end with it.
    this.#process = spawn("chromium", [...options, ...apart], { detached: true, stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    let rest = "";
    (this.#process.stdio[4] as Readable).on("data", (chunk: Buffer) => {
      const parts = `${rest}${chunk.toString()}`.split("\0");
      rest = parts.pop() ?? "";
      for (const part of parts) this.#take(JSON.parse(part) as Message);
    });
  }

  async show(url: string, { width, theme, media }: Required<View>): Promise<Omit<Shown, "served">> {
    const { targetId } = await this.#call("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.#call("Target.attachToTarget", { targetId, flatten: true });
    this.#session = String(sessionId);
    for (const domain of ["Page", "Network", "Log", "Runtime"]) await this.#call(`${domain}.enable`);
    await this.#call("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile: width < 500 });
    await this.#call("Emulation.setEmulatedMedia", { media, features: [{ name: "prefers-color-scheme", value: theme }] });
    const loaded = this.#event("Page.loadEventFired");
    await this.#call("Page.navigate", { url });
    await loaded;
    const { cssContentSize } = (await this.#call("Page.getLayoutMetrics")) as { cssContentSize: { height: number } };
    const clip = { x: 0, y: 0, width, height: cssContentSize.height, scale: 1 };
    const { data } = await this.#call("Page.captureScreenshot", { format: "png", captureBeyondViewport: true, clip });
    const pdf = await this.#call("Page.printToPDF", { preferCSSPageSize: true });
    return {
      requests: this.#all("Network.requestWillBeSent").map(({ request }) => (request as { url: string }).url),
      text: String(await this.#evaluate("document.body.innerText")),
      background: String(await this.#evaluate("getComputedStyle(document.body).backgroundColor")),
      scrollWidth: Number(await this.#evaluate("document.documentElement.scrollWidth")),
      complaints: [...this.#all("Log.entryAdded"), ...this.#all("Runtime.exceptionThrown")].map((one) => JSON.stringify(one)),
      png: Buffer.from(String(data), "base64"),
      pages:
        Buffer.from(String(pdf["data"]), "base64")
          .toString("latin1")
          .match(/\/Type\s*\/Page\b/g)?.length ?? 0,
    };
  }

  async close(): Promise<void> {
    const ended = new Promise((settle) => this.#process.once("close", settle));
    if (this.#process.pid !== undefined) process.kill(-this.#process.pid, "SIGKILL");
    await ended;
    await removed(this.#profile);
  }

  async #evaluate(expression: string): Promise<unknown> {
    const { result } = (await this.#call("Runtime.evaluate", { expression })) as { result: { value: unknown } };
    return result.value;
  }

  #call(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Readonly<Record<string, unknown>>> {
    this.#calls += 1;
    const id = this.#calls;
    const answer = new Promise<Message>((settle) => this.#answers.set(id, settle));
    (this.#process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId: this.#session })}\0`);
    return answer.then(({ result = {} }) => result);
  }

  /** The next event of that name. */
  #event(method: string): Promise<void> {
    return new Promise((settle) => this.#waiting.set(method, settle));
  }

  #all(method: string): Readonly<Record<string, unknown>>[] {
    return this.#events.flatMap((one) => (one.method === method && one.params !== undefined ? [one.params] : []));
  }

  #take(message: Message): void {
    if (message.id !== undefined) {
      this.#answers.get(message.id)?.(message);
      return;
    }
    this.#events.push(message);
    this.#waiting.get(message.method ?? "")?.();
  }
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((settle) => server.close(() => settle()));
}

/** A process that was killed may still finish a write: what it leaves is read anew with each try, which rmSync's own retries do not do. */
async function removed(folder: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (tries === 100) throw error;
      await sleep(100);
    }
  }
}
