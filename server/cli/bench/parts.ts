import { createServer, type IncomingMessage, type Server } from "node:http";
import { Server as SocketServer } from "socket.io";
import { openRawInserts } from "#db/raw-insert.ts";
import { readConfig } from "#server/config.ts";
import { start } from "#server/start.ts";
import type { Serve } from "./part.ts";

const connections = 20;

/** The whole product as it runs in production, but for its pages. */
const serveConcord: Serve = async (databaseUrl) => {
  const config = { ...readConfig({}), databaseUrl, port: 0 };
  const { app } = await start(config, async () => ({}));
  return app.publicUrl;
};

/** Node's own HTTP server and the driver: reads a JSON body, keeps it in one insert and commit, answers JSON. */
const serveRawWrites: Serve = async (databaseUrl) => {
  const raw = await openRawInserts(databaseUrl, connections);
  const server = createServer((request, response) => {
    keep(request).then(
      () =>
        response
          .setHeader("Content-Type", "application/json")
          .end(JSON.stringify({ savedAt: new Date().toISOString() })),
      () => response.writeHead(500).end(),
    );
  });
  async function keep(request: IncomingMessage): Promise<void> {
    const text = await textOf(request);
    JSON.parse(text);
    await raw.insert(text);
  }
  return listen(server);
};

/** Socket.IO alone: everyone is in one room, and a request tells the room. */
const serveRawNudges: Serve = async () => {
  const server = createServer();
  const io = new SocketServer(server, { transports: ["websocket"], perMessageDeflate: false });
  io.on("connection", (socket) => void socket.join("room"));
  server.on("request", (request: IncomingMessage, response) => {
    if (request.method !== "POST") return;
    textOf(request).then(
      (text) => {
        io.to("room").emit("panel:changed", JSON.parse(text));
        response.setHeader("Content-Type", "application/json").end("{}");
      },
      () => response.destroy(),
    );
  });
  return listen(server);
};

export const parts = { concord: serveConcord, "raw-writes": serveRawWrites, "raw-nudges": serveRawNudges };

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`);
    });
  });
}
