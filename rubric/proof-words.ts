import type { Protocol } from "./protocol.ts";

/** What checking a file can show, and what nothing in a file can: for the page and for the file that goes with it. */
export interface ProofWords {
  readonly shows: readonly string[];
  readonly showsNot: readonly string[];
  /** What stands in a file and is the server's word alone. */
  readonly unbound: readonly string[];
}

export function proofWords({ identity }: Pick<Protocol, "identity">): ProofWords {
  return {
    shows: [
      "The record is one piece: each line of the log is bound to all lines before it, and the set-up, the members, the times, the answers of revealed rounds and the figures of closed ones are bound to the log.",
      "Nothing older than a checkpoint that somebody else holds has been changed, removed, inserted or put in another order. That is found, not prevented.",
      `A reviewer with a receipt can show that an answer counted is not the one they submitted, or that it is. ${receiptReach(identity)}`,
      "Before the reveal a commitment is in no file and on no page but its author’s receipt; and without the receipt’s secret nobody can find an answer by trying all of them.",
    ],
    showsNot: [
      "That an act which was never logged did not happen, or that the newest lines, behind the last checkpoint anyone holds, are still there.",
      "That all members were shown the same log. Compare checkpoints with one another to know.",
      "Who did something, and when: names and times are the server’s word, and whoever runs the server can read everything.",
      "That nobody took part twice under two accounts, or that people did not talk to each other.",
      ...(identity === "anonymous"
        ? [
            "Which answer is whose. Commitments of an anonymous panel are sorted and never opened: only each reviewer, with their own receipt, and whoever runs the server can tie them to the counts.",
          ]
        : []),
    ],
    unbound: [
      "the moment of the export, the running number of the panel’s acts, and which version of the method the server has now",
      "the reference reading, until a reveal shows it to everyone",
      "while a round is scoring: how many are expected, how far each reviewer is, and one’s own sheet (a receipt binds it)",
      "e-mail addresses, and in a pseudonymous panel which code is whose, since not every member may know them",
    ],
  };
}

function receiptReach(identity: Protocol["identity"]): string {
  switch (identity) {
    case "named":
      return "Anyone can hold every answer against its author’s commitment.";
    case "pseudonymous":
      return "Anyone can hold the answers shown against the commitments under the same code.";
    case "anonymous":
      return "Whoever shows a receipt shows with it how they answered.";
  }
}
