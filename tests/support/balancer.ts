import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { buffer } from "node:stream/consumers";

/** What stands in front of several nodes: each request and each socket goes to the next of those that answer. */
export interface Balancer {
  readonly url: string;
  /** Lets people through to these nodes, addresses without a trailing slash. */
  open(nodes: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Like a reverse proxy with its usual settings: a node that cannot be reached is passed over, a request that a node may
 * have begun is repeated only where it changes nothing, and else answered 502.
 */
export async function startBalancer(): Promise<Balancer> {
  let nodes: readonly string[] = [];
  let turn = 0;
  const inTurn = (): URL[] => {
    turn += 1;
    return nodes.map((_, index) => new URL(nodes[(turn + index) % nodes.length] ?? ""));
  };
  const server = createServer((incoming, answer) => {
    void buffer(incoming).then(
      (body) => passOn({ incoming, body, answer }, inTurn()),
      () => answer.destroy(),
    );
  });
  const open = new Set<Duplex>();
  server.on("upgrade", (incoming: IncomingMessage, socket: Duplex) => {
    open.add(socket.once("close", () => open.delete(socket)));
    upgrade(incoming, socket, inTurn());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`,
    async open(all) {
      nodes = all;
    },
    async stop() {
      for (const socket of open) socket.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface Passing {
  readonly incoming: IncomingMessage;
  readonly body: Buffer;
  readonly answer: ServerResponse;
}

function passOn({ incoming, body, answer }: Passing, [node, ...others]: readonly URL[]): void {
  if (node === undefined) {
    answer.writeHead(502).end();
    return;
  }
  const { method, url: path, headers } = incoming;
  const { hostname, port } = node;
  const passed = request({ hostname, port, method, path, headers, agent: false }, (told) => {
    answer.writeHead(told.statusCode ?? 502, told.headers);
    told.pipe(answer);
    told.once("error", () => answer.destroy());
  });
  passed.once("error", (error) => {
    const isUntouched = "code" in error && error.code === "ECONNREFUSED";
    if (answer.headersSent) answer.destroy();
    else passOn({ incoming, body, answer }, isUntouched || method === "GET" ? others : []);
  });
  passed.end(body);
}

function upgrade(incoming: IncomingMessage, socket: Duplex, [node, ...others]: readonly URL[]): void {
  if (node === undefined) {
    socket.destroy();
    return;
  }
  const onward = connect(Number(node.port), node.hostname);
  const failed = () => upgrade(incoming, socket, others);
  onward.once("error", failed).once("connect", () => {
    onward.off("error", failed).once("error", () => socket.destroy());
    socket.once("error", () => onward.destroy()).once("close", () => onward.destroy());
    const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
    for (let at = 0; at < incoming.rawHeaders.length; at += 2)
      lines.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`);
    onward.write(`${lines.join("\r\n")}\r\n\r\n`);
    onward.pipe(socket).pipe(onward);
  });
}
