import { createServer, type RequestListener, type Server } from "node:http";

/**
 * A server that waits for nobody for ever: 10 s for a request's head, 30 s for all of it, 20 s between two on one
 * connection. Heads have at most 16 KiB and 100 lines.
 */
export function makeServer(listener?: RequestListener): Server {
  const server = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 20_000,
    // Who is late is noticed when it is looked for; by itself that is only twice a minute.
    connectionsCheckingInterval: 1_000,
  });
  server.maxHeadersCount = 100;
  if (listener) server.on("request", listener);
  return server;
}
