import type { ReactNode } from "react";

/** Small drawn signs, 14 px, in the colour of the text. They are decoration: the words stand beside them. */
function Sign({ children }: { children: ReactNode }) {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" fill="currentColor" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export function Padlock() {
  return (
    <Sign>
      <path d="M4.2 6V4.3a2.8 2.8 0 0 1 5.6 0V6" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <rect x="1.5" y="6" width="11" height="7" rx="1" />
    </Sign>
  );
}
