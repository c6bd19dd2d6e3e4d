import type { Fault } from "./fault.ts";
import { accessFaults } from "./faults/access.ts";
import { drainingFaults } from "./faults/draining.ts";
import { hardshipFaults } from "./faults/hardship.ts";
import { independenceFaults } from "./faults/independence.ts";
import { inputFaults } from "./faults/input.ts";
import { phaseRulesFaults } from "./faults/phase-rules.ts";
import { recordFaults } from "./faults/record.ts";
import { rulesFaults } from "./faults/rules.ts";
import { secretsFaults } from "./faults/secrets.ts";
import { signInFaults } from "./faults/sign-in.ts";
import { writesFaults } from "./faults/writes.ts";

/** Every fault, and with it every promise that a test keeps. */
export const faults: readonly Fault[] = [
  ...independenceFaults,
  ...accessFaults,
  ...secretsFaults,
  ...rulesFaults,
  ...phaseRulesFaults,
  ...writesFaults,
  ...drainingFaults,
  ...signInFaults,
  ...inputFaults,
  ...recordFaults,
  ...hardshipFaults,
];
