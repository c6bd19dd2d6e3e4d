import { invalidField } from "../refusal.ts";
import { commonWords, knownPhrases } from "./common-words.ts";
import { isWalk } from "./keyboard-walks.ts";

interface Owner {
  readonly name: string;
  readonly email: string;
}

/** Words that anyone would try here first. */
const productWords = ["concord", "panel", "rubric", "consensus", "delphi", "deliberation", "reviewer", "facilitator"];

/**
 * Refuses a new password that is long enough and all the same among the first that somebody would try.
 * @throws Refusal 422 at the field, with the reason
 */
export function refuseGuessable(password: string, owner: Owner, field = "password"): void {
  const message = weaknessOf(password, owner);
  if (message !== null) throw invalidField(field, message);
}

/** Why a password is easily guessed; `null` when nothing speaks against it. A long phrase may hold any word. */
export function weaknessOf(password: string, owner: Owner): string | null {
  const plain = password.normalize("NFKC").toLowerCase();
  if (isRepetition(plain)) return "This repeats something short. Choose something else.";
  if (isWalk(plain)) return "This is a walk along the keyboard, the digits or the alphabet. Choose something else.";
  const readings = readingsOf(plain);
  const isOf = (words: readonly string[]) => readings.some((letters) => isMadeOf(letters, words));
  const own = [...wordsOf(`${owner.name} ${owner.email}`), ...lettersOf(owner.email.split("@"))];
  if (readings.some((letters) => knownPhrases.has(letters)))
    return "This is one of the passwords that are tried first. Choose something else.";
  if (isOf(own)) return "This is your name or your address. Choose something else.";
  if (isOf([...own, ...productWords])) return "This is what anyone would try here. Choose something else.";
  return isOf([...own, ...productWords, ...commonWords])
    ? "This is made of the commonest words of passwords. Choose something else."
    : null;
}

/** The same piece again and again, a piece that would be too short by itself, or hardly any different characters. */
function isRepetition(text: string): boolean {
  const characters = [...text];
  if (new Set(characters).size < 5) return true;
  const longestPiece = Math.min(14, Math.floor(characters.length / 2));
  for (let piece = 1; piece <= longestPiece; piece += 1) {
    if (characters.every((character, index) => index < piece || character === characters[index - piece])) return true;
  }
  return false;
}

const leet: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
};

/** The letters alone, without the digits and signs that people put in; and those that stand for letters read as such. */
function readingsOf(text: string): string[] {
  const core = text.replace(/^\P{L}+/u, "").replace(/\P{L}+$/u, "");
  const spelled = core.replaceAll(/[013457@$]/g, (sign) => leet[sign] ?? sign);
  return [text, spelled].map((reading) => reading.replaceAll(/[^\p{L}]/gu, ""));
}

/** An address in one piece: initials are no words of their own. */
function lettersOf([local = "", host = ""]: readonly string[]): string[] {
  const letters = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}]/gu, "");
  return [letters(local), letters(host)].filter((word) => word.length > 1);
}

function wordsOf(text: string): string[] {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 1);
}

/** Whether a text is nothing but these words, put together in any order. A text of digits and signs alone is not. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  if (text === "") return false;
  const reached = new Set([0]);
  for (let at = 0; at < text.length; at += 1) {
    if (!reached.has(at)) continue;
    for (const word of words) if (text.startsWith(word, at)) reached.add(at + word.length);
  }
  return reached.has(text.length);
}
