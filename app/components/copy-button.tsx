import { useEffect, useState } from "react";
import { Button } from "./button.tsx";

/** Copies a text, and says so. It appears once scripts run; the text can be copied by hand. */
export function CopyButton({ text, children }: { text: string; children: string }) {
  const [words, setWords] = useState("");
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setWords("Copied"),
      () => setWords("Select the text and copy it by hand"),
    );
  };
  if (!isAlive) return null;
  return (
    <span>
      <Button type="button" onClick={copy}>
        {children}
      </Button>{" "}
      <span role="status">{words}</span>
    </span>
  );
}
