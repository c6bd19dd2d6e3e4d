import type fc from "fast-check";
import { byteKinds } from "./bytes.ts";
import type { Ground } from "./ground.ts";
import { bodyKinds, formKinds, queryKinds } from "./requests.ts";
import type { Sent } from "./sent.ts";
import { socketKinds } from "./sockets.ts";

/** One way into the server, and what to try on it. */
export interface Kind {
  readonly name: string;
  readonly cases: fc.Arbitrary<Sent>;
}

/** Every way in: bodies, forms, queries, addresses, headers, raw bytes, socket payloads and frames. */
export async function everyKind(ground: Ground, url: string): Promise<Kind[]> {
  return [
    ...bodyKinds(ground),
    ...(await formKinds(ground, url)),
    ...(await queryKinds(ground)),
    ...(await byteKinds(ground)),
    ...socketKinds(ground),
  ];
}
