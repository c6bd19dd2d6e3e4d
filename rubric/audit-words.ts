import type { AuditLine } from "./event.ts";
import { countWords } from "./words.ts";

/** A line of the audit chain as people read it. `names` gives the present members by id. */
export function auditSentence(
  text: string,
  names: ReadonlyMap<string, string>,
): { at: string; by: string; sentence: string } {
  const line: AuditLine = JSON.parse(text);
  return {
    at: line.at,
    by: names.get(line.by) ?? (unnamed.has(line.by) ? line.by : "a former member"),
    sentence: sentenceOf(line, names),
  };
}

/** Whom the chain leaves without a name. */
const unnamed = new Set(["a reviewer", "a member", "the operator"]);

function sentenceOf(line: AuditLine, names: ReadonlyMap<string, string>): string {
  switch (line.act) {
    case "panel-created":
      return "Created the panel.";
    case "set-up-changed":
      return "Changed the set-up.";
    case "member-invited":
      return `Invited ${line.role === "observer" ? "an" : "a"} ${line.role}.`;
    case "member-joined":
      return `${line.name} joined as ${line.role}.`;
    case "member-left":
      return "A member left.";
    case "round-opened":
      return `Opened round ${line.round} with ${line.cells} cells; protocol and rubric fixed by their hashes.`;
    case "review-submitted":
      return `Submitted round ${line.round}.`;
    case "submission-reopened":
      return `Reopened a submission of round ${line.round}: ${line.reason}`;
    case "round-revealed":
      return `Revealed round ${line.round}: ${line.submitted} of ${line.expected} submitted, ${line.absent} absent.`;
    case "round-closed":
      return `Closed round ${line.round} with snapshot ${line.snapshot}.`;
    case "review-committed":
      return `Entered the ${countWords(line.commitments.length, "commitment")} of ${names.get(line.who) ?? line.who}, round ${line.round}.`;
    case "round-committed":
      return `Entered ${countWords(line.commitments.length, "commitment")} of round ${line.round}, sorted by value.`;
    case "exported":
      return `Made a file of the panel (${line.format}).`;
    case "restored":
      return `Put back from a backup made at ${line.backedUpAt}, when the chain ended with line ${line.seq}. Whatever came after that moment is not in this record.`;
    case "deviation":
      return `Departure from the protocol: ${line.sentence} ${line.reason}`.trim();
  }
}
