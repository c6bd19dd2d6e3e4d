import { useState } from "react";
import { Button } from "./button.tsx";

/** Copies a text, and says so. Without scripts the text can be selected and copied by hand. */
export function CopyButton({ text, children }: { text: string; children: string }) {
  const [words, setWords] = useState("");
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setWords("Copied"),
      () => setWords("Select the text and copy it by hand"),
    );
  };
  return (
    <span>
      <Button type="button" onClick={copy}>
        {children}
      </Button>{" "}
      <span role="status">{words}</span>
    </span>
  );
}
