import { type Move, move } from "./moves.ts";
import { type Panel, type Save, seatOf } from "./panel.ts";
import { type Reopen, reopen } from "./reopening.ts";
import { type Ruling, refused } from "./ruling.ts";
import { type EditSetUp, editSetUp, type Invite, invite, type Join, join, type Remove, remove } from "./seats.ts";
import {
  type GivePoints,
  givePoints,
  type RecuseFromPolicy,
  recuseFromPolicy,
  type Submit,
  save,
  submit,
  type WriteForAnother,
  writeForAnother,
} from "./sheets.ts";

/** Whatever anybody may try on a panel. */
export type Deed =
  | Save
  | GivePoints
  | WriteForAnother
  | RecuseFromPolicy
  | Submit
  | Move
  | Invite
  | Join
  | Remove
  | EditSetUp
  | Reopen;

/** What must come of it. To whoever is not in a panel, or is no longer, it is one that never existed (rule V11). */
export function judge(panel: Panel, deed: Deed): Ruling {
  const isAtTheDoor = deed.kind === "join" || deed.kind === "change one's role";
  if (!isAtTheDoor && seatOf(panel, deed.by) === null) return refused(404, "not a member");
  switch (deed.kind) {
    case "save a score":
    case "save a non-score":
    case "take a score back":
    case "use a key again":
      return save(panel, deed);
    case "give points":
      return givePoints(panel, deed);
    case "write for another":
      return writeForAnother(panel, deed);
    case "recuse from a policy":
      return recuseFromPolicy(panel, deed);
    case "submit":
      return submit(panel, deed);
    case "move":
    case "move on stale knowledge":
      return move(panel, deed);
    case "invite":
      return invite(panel, deed);
    case "join":
    case "change one's role":
      return join(panel, deed);
    case "remove a member":
      return remove(panel, deed);
    case "edit the set-up":
      return editSetUp(panel, deed);
    case "reopen a submission":
      return reopen(panel, deed);
  }
}
