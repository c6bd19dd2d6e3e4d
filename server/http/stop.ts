import type { Server } from "node:http";

const lookEveryMs = 50;

/**
 * Takes no new connections, lets running requests finish, and answers when the last has. What is not done within the
 * grace is cut off. Web sockets are not ours to end: close them first.
 */
export async function stopListening(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const lookAgain = setInterval(() => server.closeIdleConnections(), lookEveryMs);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  server.closeIdleConnections();
  await closed;
  clearInterval(lookAgain);
  clearTimeout(cut);
}
