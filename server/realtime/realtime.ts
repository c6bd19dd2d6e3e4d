import { randomInt } from "node:crypto";
import { createServer, type Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import type { Application } from "#server/application.ts";
import { watchAccess } from "./access.ts";
import { relayAnnouncements } from "./announcements.ts";
import { openDoor } from "./door.ts";
import { guardAgainstFloods } from "./flood.ts";
import { makeIntroduction } from "./introduce.ts";
import { type LiveServer, liveSockets } from "./live-socket.ts";
import { makeNudges } from "./nudges.ts";
import { listenTo } from "./on.ts";
import { joinPanel, leavePanel } from "./rooms.ts";

/** The live channel: sockets that are told when something changed, and never what. */
export interface Realtime {
  /** Asks every page to come back after a moment of its own, so that they do not all come at once. */
  announceRestart(): void;
  /** Closes all sockets. The HTTP server is left alone. */
  stop(): Promise<void>;
}

const longestRetryMs = 5_000;

export function attachRealtime(server: HttpServer, app: Application): Realtime {
  const io = makeSocketServer();
  const nudges = makeNudges(io);
  app.metrics.countSockets(() => liveSockets(io).length);
  guardAgainstFloods(io);
  io.use(makeIntroduction(app));
  const acts = { "panel:join": joinPanel(app), "panel:leave": leavePanel() };
  io.on("connection", (socket) => listenTo(socket, acts, app.log));
  const announcements = relayAnnouncements(app, io, nudges);
  const access = watchAccess(app, io);
  const door = openDoor(server, app, (request, connection, head) => io.engine.handleUpgrade(request, connection, head));
  return {
    announceRestart() {
      for (const socket of liveSockets(io))
        socket.emit("server:restarting", { retryMs: randomInt(longestRetryMs + 1) });
    },
    async stop() {
      const closing = door.close();
      await Promise.all([announcements.stop(), access.stop()]);
      nudges.stop();
      await io.close();
      await closing;
    },
  };
}

function makeSocketServer(): LiveServer {
  // Attached to a server that never listens: Socket.IO gets the upgrades it is handed and no other request.
  return new Server(createServer(), {
    transports: ["websocket"],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 4 * 1024,
    pingInterval: 20_000,
    pingTimeout: 15_000,
    connectTimeout: 10_000,
  });
}
