import { CheckField, FieldGroup, TextField } from "./field.tsx";
import { bound, type FormState } from "./form-state.ts";
import { Stack } from "./stack.tsx";
import { textAt } from "./typed.ts";

const lengths = [
  { value: "3", label: "Three levels, \u22121 to +1" },
  { value: "5", label: "Five levels, \u22122 to +2" },
  { value: "9", label: "Nine levels, 1 to 9" },
];

const places = ["Lowest", "Between lowest and middle", "Middle", "Between middle and highest", "Highest"];
const usual = ["Strongly worsens", "Somewhat worsens", "No clear effect", "Somewhat improves", "Strongly improves"];

/** How many levels a score may take, and what they are called. */
export function ScaleFields({ state }: { state: FormState }) {
  const chosen = textAt(state.typed, "levels", "5");
  return (
    <FieldGroup isSection legend="Scale" name="rubric.scale" error={bound(state, "rubric.scale").error}>
      <div>
        {lengths.map(({ value, label }) => (
          <CheckField
            key={value}
            kind="radio"
            name="levels"
            value={value}
            label={label}
            defaultChecked={chosen === value}
          />
        ))}
      </div>
      <FieldGroup
        legend="What the levels are called"
        hint="With three levels only the lowest, the middle and the highest are used."
      >
        <Stack gap="tight">
          {places.map((place, index) => (
            <TextField key={place} {...bound(state, `anchors.${index}`, usual[index])} label={place} maxLength={60} />
          ))}
        </Stack>
      </FieldGroup>
    </FieldGroup>
  );
}
