import { Link } from "@remix-run/react";
import styles from "./board-page.module.css";

interface ChoiceProps {
  readonly name: string;
  readonly search: URLSearchParams;
  readonly parameter: string;
  readonly options: readonly (readonly [value: string, words: string])[];
}

/** A choice that lives in the address, so that it survives a reload and can be sent to a colleague. */
export function ChoiceLinks({ name, search, parameter, options }: ChoiceProps) {
  return (
    <nav aria-label={name}>
      <ul className={styles.choice}>
        {options.map(([value, words]) => {
          const next = new URLSearchParams(search);
          if (value === "") next.delete(parameter);
          else next.set(parameter, value);
          return (
            <li key={value}>
              <Link
                to={`?${next}`}
                replace
                preventScrollReset
                aria-current={(search.get(parameter) ?? "") === value ? "true" : undefined}
              >
                {words}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
