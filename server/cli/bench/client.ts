import { Agent, request } from "node:http";

interface Sent {
  readonly method: "POST" | "PUT";
  readonly path: string;
  readonly token?: string;
  readonly body: string;
}

export interface Client {
  /** @throws Error when the answer is not 200 */
  send(what: Sent): Promise<string>;
  close(): void;
}

/** Keeps its connections, and costs as little as a client can. */
export function makeClient(url: string, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  return {
    send({ method, path, token, body }) {
      const headers = {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      };
      return new Promise((resolve, reject) => {
        const sent = request({ agent, hostname, port, method, path, headers }, (answer) => {
          let text = "";
          answer.setEncoding("utf8");
          answer.on("data", (chunk: string) => {
            text += chunk;
          });
          answer.once("error", reject);
          answer.once("end", () =>
            answer.statusCode === 200 ? resolve(text) : reject(refused(answer.statusCode, text)),
          );
        });
        sent.once("error", reject);
        sent.end(body);
      });
    },
    close: () => agent.destroy(),
  };
}

function refused(status: number | undefined, text: string): Error {
  return new Error(`A benchmark's request was answered with ${status}: ${text.slice(0, 300)}`);
}
