import type { Asker } from "../worlds/rows.ts";
import { send } from "../worlds/watch.ts";
import type { World } from "../worlds/world.ts";
import { type Moment, mayRead, maySeeFigures } from "./allowed.ts";
import { patternOf } from "./canaries.ts";
import { type Subject, title } from "./cast.ts";
import type { Cell } from "./cells.ts";
import { readTurbo } from "./read-turbo.ts";

/** What one subject came to know at one moment, and what was not as the tables say. */
export interface Findings {
  cells: number;
  readonly wrong: string[];
  /** Texts and figures of others that were seen somewhere. */
  readonly seen: Set<string>;
}

const atOnce = 6;

/** Sends every request of a list as one subject, and looks through every answer. */
export async function askAll(
  world: World,
  cells: readonly Cell[],
  at: { moment: Moment; subject: Subject; isOwnPanel: boolean },
): Promise<Findings> {
  const findings: Findings = { cells: 0, wrong: [], seen: new Set() };
  const asker = askerOf(at);
  const waiting = [...cells];
  const work = async () => {
    for (let cell = waiting.shift(); cell; cell = waiting.shift())
      await askOne(world, cell, { ...at, asker, findings });
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return findings;
}

function askerOf({ moment, subject, isOwnPanel }: { moment: Moment; subject: Subject; isOwnPanel: boolean }): Asker {
  const { phase, round, reviews } = moment;
  const review = isOwnPanel && subject.member ? (reviews.get(`${subject.does} ${round}`) ?? null) : null;
  return {
    isSignedIn: subject.isSignedIn,
    isAdministrator: subject.does === "administrator",
    seat: isOwnPanel && subject.member ? { role: subject.member.role } : null,
    review,
    phase,
    round,
    identity: moment.cast.kind.identity,
  };
}

interface Asking {
  readonly moment: Moment;
  readonly subject: Subject;
  readonly asker: Asker;
  readonly findings: Findings;
}

async function askOne(world: World, cell: Cell, { moment, subject, asker, findings }: Asking): Promise<void> {
  const answer = await send(world, cell, await credentialsOf(world, cell, subject));
  const text = await answer.text();
  findings.cells += 1;
  const expected = cell.expected(asker);
  const note = (fault: string) => findings.wrong.push(`${subject.does}: ${cell.label}: ${fault}`);
  if (answer.status !== expected) note(`${answer.status} instead of ${expected}`);
  for (const fault of deniedIn(text, moment, subject)) note(fault);
  const told = readAnswer(text, answer.headers.get("content-type") ?? "");
  for (const [name, isAllowed] of figuresIn(told, moment, subject)) {
    findings.seen.add(name);
    if (!isAllowed) note(`holds ${name}`);
  }
  for (const fault of labelsIn(told, { moment, subject })) note(fault);
  for (const { text: canary } of moment.canaries) if (text.includes(canary)) findings.seen.add(canary);
}

async function credentialsOf(world: World, cell: Cell, { person }: Subject): Promise<Record<string, string>> {
  if (person === null) return {};
  if (cell.endsSession && person.cookie !== "") {
    const { sessionId } = await world.app.accounts.openSession(person.userId);
    const isGood = (await world.app.accounts.identifyToken(person.token)) !== null;
    return { authorization: `Bearer ${isGood ? sessionId : person.token}` };
  }
  return cell.by === "cookie" ? { cookie: person.cookie } : { authorization: `Bearer ${person.token}` };
}

/** Texts, addresses and titles that the table keeps from this subject. */
function deniedIn(text: string, moment: Moment, subject: Subject): string[] {
  const { cast, canaries } = moment;
  const others = canaries.filter(({ author }) => author !== subject.does);
  const isAdministrator = subject.does === "administrator";
  const mayKnowAddress = (does: string) =>
    does === subject.does ||
    isAdministrator ||
    subject.member?.role === "facilitator" ||
    // The session that has ended was this person's.
    cast.people.get(does)?.person?.userId === subject.person?.userId;
  const emails = [...cast.people.values()].filter(({ does, person }) => person && !mayKnowAddress(does));
  return [
    ...(text.includes("replaced canary") ? ["holds a draft that was replaced"] : []),
    ...others
      .filter((canary) => text.includes(canary.text) && !mayRead(moment, subject, canary))
      .map((canary) => `holds the ${canary.text}`),
    ...emails
      .filter(({ person }) => text.includes(person?.email ?? "@"))
      .map(({ does }) => `holds the address of ${does}`),
    ...(!subject.member && !isAdministrator && text.includes(title) ? ["holds the panel's title"] : []),
  ];
}

/** JSON as it is; the data of a page unfolded; a table by its rows; nothing for what is drawn. */
function readAnswer(text: string, type: string): unknown {
  if (type.startsWith("text/csv")) return text.split("\r\n").map((rationale) => ({ rationale }));
  if (/[/+]json\b/.test(type) && text !== "") return JSON.parse(text);
  return type.startsWith("text/x-script") ? readTurbo(text) : null;
}

/** The rare counts of each round that are in an answer, and whether they may be. */
function figuresIn(told: unknown, moment: Moment, subject: Subject): [name: string, isAllowed: boolean][] {
  const lists = new Set(objectsIn(told).flatMap((object) => Object.values(object).filter(Array.isArray).map(String)));
  return Array.from({ length: moment.round ?? 0 }, (_, index) => index + 1)
    .filter((round) => lists.has(String(patternOf(moment.cast, round))))
    .map((round) => [`the figures of round ${round}`, maySeeFigures(moment, subject, round)]);
}

/** Beside a text: a name or an id where the panel is not on the record, a code where nobody has one. */
function labelsIn(told: unknown, { moment, subject }: Pick<Asking, "moment" | "subject">): string[] {
  const { identity } = moment.cast.kind;
  if (identity === "named" || (identity === "pseudonymous" && subject.member?.role === "facilitator")) return [];
  const rows = objectsIn(told)
    .filter(isAnswer)
    .map((row) => JSON.stringify(row));
  const labels = [...moment.cast.people.values()].flatMap(({ does, person, memberId }) =>
    does === subject.does || person === null ? [] : [person.name, memberId ?? person.userId],
  );
  const isOfOthers = (row: string) =>
    moment.canaries.some((canary) => canary.author !== subject.does && row.includes(canary.text));
  return rows
    .filter(isOfOthers)
    .flatMap((row) => [
      ...labels.filter((label) => row.includes(label)).map((label) => `puts ${label} beside an answer`),
      ...(identity === "anonymous" && /Reviewer \d/.test(row) ? ["puts a code beside an answer"] : []),
    ]);
}

function isAnswer(object: Readonly<Record<string, unknown>>): boolean {
  return typeof object.rationale === "string";
}

/** Every object in a value, however deep. */
function objectsIn(value: unknown): Readonly<Record<string, unknown>>[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  const object: Readonly<Record<string, unknown>> = { ...value };
  return [object, ...Object.values(object).flatMap(objectsIn)];
}
