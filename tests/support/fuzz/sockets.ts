import fc from "fast-check";
import { type Ground, roles } from "./ground.ts";
import { hostileText, hostileValue } from "./hostile.ts";
import type { Kind } from "./kinds.ts";
import type { Sent } from "./sent.ts";

const by = fc.constantFrom(...roles, "reviewer" as const, "facilitator" as const);

/** The live channel: what its protocol allows and nobody of ours says, and what no web socket should send. */
export function socketKinds(ground: Ground): Kind[] {
  return [
    { name: "payload", cases: withFrames(payloads(ground)) },
    { name: "packet", cases: withFrames(packets) },
    { name: "frame", cases: withFrames(fc.array(rawFrame, { minLength: 1, maxLength: 4 })) },
  ];
}

function withFrames(frames: fc.Arbitrary<string[]>): fc.Arbitrary<Sent> {
  return fc.record({ way: fc.constant("socket" as const), by, frames });
}

/** A client's text frame. Its mask is all zero. */
function textFrame(text: string): string {
  return frame({ first: 0x81, payload: Buffer.from(text, "utf8").toString("latin1") });
}

interface Frame {
  readonly first: number;
  readonly payload: string;
  readonly isMasked?: boolean;
  /** The length it claims, if not its own. */
  readonly claims?: number;
}

function frame({ first, payload, isMasked = true, claims = payload.length }: Frame): string {
  const mask = isMasked ? 0x80 : 0;
  const size = Buffer.alloc(10);
  size[0] = first;
  let used = 2;
  if (claims < 126) size[1] = mask | claims;
  else if (claims < 65_536) {
    size[1] = mask | 126;
    size.writeUInt16BE(claims, 2);
    used = 4;
  } else {
    size[1] = mask | 127;
    size.writeBigUInt64BE(BigInt(claims), 2);
    used = 10;
  }
  return size.subarray(0, used).toString("latin1") + (isMasked ? "\0\0\0\0" : "") + payload;
}

const event = fc.oneof(
  { arbitrary: fc.constantFrom("panel:join", "panel:leave"), weight: 6 },
  {
    arbitrary: fc.constantFrom("disconnect", "connect_error", "__proto__", "toString", "error", "newListener", ""),
    weight: 1,
  },
  { arbitrary: hostileText, weight: 1 },
);

const connecting = fc.constantFrom(
  "40",
  "40{}",
  '40{"token":"x"}',
  '40{"token":{"a":1}}',
  "40[]",
  "40null",
  '40{"__proto__":{"token":"x"}}',
);

/** Connects, says a few events with payloads good and bad, with an acknowledgement or without. */
function payloads({ hints }: Ground): fc.Arbitrary<string[]> {
  const panelId = hints.panelId ?? fc.constant("x");
  const argument = fc.oneof(
    { arbitrary: panelId.map((id) => ({ panelId: id })), weight: 3 },
    { arbitrary: fc.record({ panelId: hostileValue }), weight: 2 },
    { arbitrary: panelId.chain((id) => hostileValue.map((extra) => ({ panelId: id, extra }))), weight: 1 },
    { arbitrary: hostileValue, weight: 2 },
  );
  const said = fc
    .record({
      event,
      arguments: fc.array(argument, { maxLength: 3 }),
      acknowledgement: fc.constantFrom("1", "2", "", "99999999999999999999", "-1"),
    })
    .map(({ event: name, arguments: all, acknowledgement }) => `42${acknowledgement}${JSON.stringify([name, ...all])}`);
  return fc
    .tuple(connecting, fc.array(said, { minLength: 1, maxLength: 8 }))
    .map((parts) => parts.flat().map(textFrame));
}

/** Packets of the two protocols below, well formed or not. */
const packets = fc
  .tuple(
    connecting,
    fc.array(
      fc
        .record({
          type: fc.constantFrom(
            "0",
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "b",
            "",
            "40",
            "41",
            "42",
            "43",
            "44",
            "45",
            "46",
            "49",
          ),
          space: fc.constantFrom("", "/,", "/other,", "/__proto__,", `/${"a/".repeat(500)},`),
          count: fc.constantFrom("", "1-", "99999999-", "0-", "-"),
          rest: fc.oneof(
            hostileText,
            fc.constantFrom(
              "[",
              "[]",
              "{}",
              '["panel:join",{"_placeholder":true,"num":0}]',
              '["a",{"_placeholder":true,"num":-1}]',
              "[[[[[[",
              "1",
              '"x"',
            ),
          ),
        })
        .map(({ type, space, count, rest }) => type + space + count + rest),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map((parts) => parts.flat().map(textFrame));

const rawFrame: fc.Arbitrary<string> = fc.oneof(
  fc
    .record({
      first: fc.integer({ min: 0, max: 255 }),
      payload: fc.string({ unit: "binary-ascii", maxLength: 300 }),
      isMasked: fc.boolean(),
      claims: fc.option(fc.constantFrom(0, 125, 126, 5_000, 65_535, 65_536, 2 ** 31, 2 ** 40), { nil: undefined }),
    })
    .map(({ claims, ...rest }) => frame({ ...rest, ...(claims === undefined ? {} : { claims }) })),
  fc.constantFrom(
    textFrame("40{}"),
    frame({ first: 0x88, payload: "\u0003\u00e8bye" }),
    frame({ first: 0x88, payload: "\u0000" }),
    frame({ first: 0x88, payload: "\u00ff\u00ff" }),
    frame({ first: 0x89, payload: "x".repeat(126) }),
    frame({ first: 0x01, payload: "42" }),
    frame({ first: 0x80, payload: '["panel:join"]' }),
    frame({ first: 0x81, payload: "\u00ff\u00fe" }),
    frame({ first: 0xc1, payload: "x" }),
    textFrame("x".repeat(4_097)),
    textFrame("x".repeat(70_000)),
  ),
  fc.string({ unit: "binary-ascii", maxLength: 200 }),
);
