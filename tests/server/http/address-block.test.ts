import { expect, test } from "vitest";
import { addressBlock } from "#server/http/address-block.ts";

test.each([
  ["192.0.2.17", "192.0.2"],
  ["::ffff:192.0.2.17", "192.0.2"],
  ["::FFFF:192.0.2.99", "192.0.2"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["2001:db8::7:1:2:3:4", "2001:db8:0:7"],
  ["2001:db8:1:2::", "2001:db8:1:2"],
  ["::1", "0:0:0:0"],
  ["::", "0:0:0:0"],
  ["", ""],
])("%s belongs to %s", (address, block) => {
  expect(addressBlock(address)).toBe(block);
});
