import { type Preset, presets } from "#rubric/protocol.ts";
import { CheckField, FieldGroup, Select, TextField } from "./field.tsx";
import { bound, type FormState, hasErrorBelow } from "./form-state.ts";
import { parameterNames, valueNames } from "./protocol-words.ts";
import { Pair, Stack } from "./stack.tsx";
import { textAt } from "./typed.ts";

const presetNames: readonly Preset[] = ["staff-team", "rand-ucla", "delphi"];
const byPreset = { value: "", label: "As the protocol has it" };

/** How the panel works: a preset, each in a paragraph, and the parameters that depart from it. */
export function ProtocolFields({ state }: { state: FormState }) {
  const chosen = textAt(state.typed, "protocol.preset", "staff-team");
  return (
    <Stack>
      <FieldGroup
        isSection
        legend="Protocol"
        name="protocol.preset"
        error={bound(state, "protocol").error ?? bound(state, "protocol.preset").error}
      >
        <div>
          {presetNames.map((preset) => (
            <CheckField
              key={preset}
              kind="radio"
              name="protocol.preset"
              value={preset}
              label={<strong>{presets[preset].title}</strong>}
              hint={`${presets[preset].summary} Advised size: ${presets[preset].advisedSize} reviewers.`}
              defaultChecked={chosen === preset}
            />
          ))}
        </div>
      </FieldGroup>
      <details open={hasErrorBelow(state, "protocol.") || hasOverrides(state)}>
        <summary>Change single parameters</summary>
        <Overrides state={state} />
      </details>
    </Stack>
  );
}

function Overrides({ state }: { state: FormState }) {
  const select = (name: keyof typeof valueNames) => (
    <Select
      {...bound(state, `protocol.${name}`)}
      label={parameterNames[name]}
      options={[byPreset, ...Object.entries(valueNames[name]).map(([value, label]) => ({ value, label }))]}
    />
  );
  const number = (name: "maxRounds" | "minScores" | "agreeShare" | "opposedBelow", hint: string) => (
    <TextField {...bound(state, `protocol.${name}`)} label={parameterNames[name]} hint={hint} inputMode="decimal" />
  );
  return (
    <Stack>
      <p>What stays empty is as the protocol has it. Every departure is printed in the record.</p>
      {select("identity")}
      {select("board")}
      {select("facilitatorView")}
      <Pair>
        {number("minScores", "At least 3; in an anonymous panel at least 5.")}
        {number("maxRounds", "1 or more.")}
      </Pair>
      {select("rule")}
      <Pair>
        {number("agreeShare", "Between 0.5 and 1, such as 0.7.")}
        {number("opposedBelow", "Between 0.01 and 0.5, such as 0.15.")}
      </Pair>
      {select("rationale")}
      {select("rescore")}
      {select("changeReason")}
    </Stack>
  );
}

function hasOverrides(state: FormState): boolean {
  return Object.keys(parameterNames).some((name) => textAt(state.typed, `protocol.${name}`) !== "");
}
