/** The rows of the usual keyboards (English, German, French), the digits and the alphabet. */
const rows = [
  "`1234567890-=",
  "qwertyuiop[]",
  "asdfghjkl;'",
  "zxcvbnm,./",
  "qwertzuiopü+",
  "asdfghjklöä#",
  "yxcvbnm,.-",
  "azertyuiop^$",
  "qsdfghjklmù*",
  "wxcvbn,;:!",
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
];
const slants = ["1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/", "1qay", "6zhn", "1aqw"];
const backslants = ["2q", "3wa", "4esz", "5rdx", "6tfc", "7ygv", "8uhb", "9ijn", "0okm"];
const zigzags = ["1w", "2e", "3r", "4t", "5y", "6u", "7i", "8o", "9p"];

const neighbours = pairsOf([...rows, ...slants, ...backslants, ...zigzags]);

/** Keys that lie side by side, or the same key again: at least five of seven steps go no further. */
export function isWalk(text: string): boolean {
  const keys = [...text.toLowerCase()];
  const jumps = keys.slice(1).filter((key, index) => !isStep(keys[index] ?? "", key)).length;
  return jumps * 7 <= 2 * (keys.length - 1);
}

function isStep(from: string, to: string): boolean {
  return from === to || neighbours.has(from + to);
}

function pairsOf(lines: readonly string[]): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (const line of lines) {
    const keys = [...line];
    for (const [index, key] of keys.slice(1).entries()) pairs.add(`${keys[index]}${key}`).add(`${key}${keys[index]}`);
  }
  return pairs;
}
