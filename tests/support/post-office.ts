import { createServer, type Server, type Socket } from "node:net";

export interface PostOffice {
  readonly url: string;
  /** The mails taken so far, as they came over the wire. */
  readonly mails: string[];
  close(): Promise<void>;
}

/** A mail server that speaks just enough SMTP to take a mail. */
export async function aPostOffice(): Promise<PostOffice> {
  const mails: string[] = [];
  const inside = new Set<Socket>();
  const server = createServer((socket) => {
    inside.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => inside.delete(socket));
    converse(socket, (mail) => mails.push(mail));
  });
  const port = await listen(server);
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close() {
      for (const socket of inside) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function converse(socket: Socket, take: (mail: string) => void): void {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let mail: string | null = null;
  let text = "";
  const hear = (line: string) => {
    if (mail !== null) {
      if (line !== ".") mail += `${line}\n`;
      else {
        take(mail);
        mail = null;
        say("250 taken");
      }
    } else if (/^DATA$/i.test(line)) {
      mail = "";
      say("354 go on");
    } else if (/^QUIT$/i.test(line)) {
      say("221 bye");
      socket.end();
    } else say("250 fine");
  };
  say("220 here");
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    const lines = text.split("\r\n");
    text = lines.pop() ?? "";
    for (const line of lines) hear(line);
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : 0);
    }),
  );
}
