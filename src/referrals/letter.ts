import { ageOn, displayName, needLabel, pronouns, type NeedKind, type Person } from '../people/index.ts';
import { createHash } from 'node:crypto';
import type { Need } from '../assessment/index.ts';
import type { ItemDecision, ShareItem } from '../sharing/index.ts';

// The letter is written from the record and limited to what this service needs. Every line is decided on by sharing;
// nothing here decides what may go.

/** One line as the service reads it. */
export interface LetterLine extends ShareItem {
  readonly text: string;
}

/** What a letter says of a need on the record. */
export type LetterNeed = Pick<Need, 'kind' | 'answer' | 'detail' | 'wantsHelp'>;

/** How to reach somebody, and the safe-contact answers (people, contact_point). */
export interface ReachablePoint {
  readonly kind: string;
  readonly value: string;
  readonly safeToRing: string;
  readonly safeToText: string;
  readonly safeToLeaveMessage: string;
  readonly note: string | null;
}

/** What the letter is written from. */
export interface LetterRecord {
  readonly person: Person;
  readonly today: Temporal.PlainDate;
  readonly district: string | null;
  readonly chosen: readonly NeedKind[];
  readonly needs: readonly LetterNeed[];
  readonly points: readonly ReachablePoint[];
  readonly talking: readonly string[];
  readonly wants: string | null;
  readonly support: string | null;
  readonly referrer: string;
}

/** "Text: yes. Ring: no." Silence is not permission: what was not asked must not be done. */
function safeContactWords(point: ReachablePoint): string {
  const say = (answer: string, yes: string, no: string, notKnown: string): string =>
    answer === 'yes' ? yes : answer === 'no' ? no : notKnown;
  const rules =
    point.kind === 'phone'
      ? [
          say(
            point.safeToText,
            'Safe to text.',
            'Do not text.',
            'Not known whether a text is safe: do not text.',
          ),
          say(
            point.safeToRing,
            'Safe to ring.',
            'Do not ring.',
            'Not known whether ringing is safe: do not ring.',
          ),
          say(
            point.safeToLeaveMessage,
            'Safe to leave a message.',
            'Do not leave a message.',
            'Not known whether a message is safe: leave none.',
          ),
        ]
      : [];
  return [`${point.value}.`, ...rules, point.note === null ? '' : sentence(point.note)]
    .filter((part) => part !== '')
    .join(' ');
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

function needText(kind: NeedKind, needs: readonly LetterNeed[]): string {
  const known = needs.find((need) => need.kind === kind && need.answer === 'found');
  const wants = known?.wantsHelp === 'yes' ? 'Wants help with it.' : '';
  const detail = known?.detail === null || known === undefined ? '' : sentence(known.detail);
  return [`${needLabel(kind)}.`, detail, wants].filter((part) => part !== '').join(' ');
}

/** The lines, in the order a reader needs them. */
export function writeLetter(record: LetterRecord): readonly LetterLine[] {
  const { person } = record;
  const { object, possessive } = pronouns(person);
  const called =
    person.preferredName !== null && person.preferredName !== person.givenName
      ? `. Likes to be called ${person.preferredName}`
      : '';
  const age = person.birthDate === null ? 'Age not known' : `${ageOn(person.birthDate, record.today)}`;
  const lines: (LetterLine | null)[] = [
    { key: 'who', category: 'identity', label: 'Who', text: `${displayName(person)}${called}` },
    {
      key: 'age-area',
      category: 'identity',
      label: 'Age and area',
      text: `${age}, ${record.district ?? 'area not known'}`,
    },
    ...record.chosen.map((kind): LetterLine => ({
      key: `need-${kind}`,
      category: 'need',
      needKind: kind,
      label: 'Help wanted',
      text: needText(kind, record.needs),
    })),
    record.wants === null
      ? null
      : needLine(record.chosen, 'wants', `In ${possessive} own words`, record.wants),
    {
      key: 'contact',
      category: 'contact-details',
      label: `How to reach ${object}`,
      text:
        record.points.length === 0
          ? `We have no safe way to reach ${object} directly. Reach ${object} through ${record.referrer}.`
          : record.points.map(safeContactWords).join(' '),
    },
    record.talking.length === 0
      ? null
      : {
          key: 'talking',
          category: 'taking-part',
          label: `Talking with ${object}`,
          text: record.talking.map(sentence).join(' '),
        },
    record.support === null
      ? null
      : { key: 'support', category: 'arranged', label: 'Support', text: record.support },
  ];
  return lines.filter((line) => line !== null);
}

function needLine(chosen: readonly NeedKind[], key: string, label: string, text: string): LetterLine {
  const [first] = chosen;
  return { key, category: 'need', label, text, ...(first === undefined ? {} : { needKind: first }) };
}

/** What goes and what stays, with the reason, for one service. */
export interface DecidedLetter {
  readonly goes: readonly LetterLine[];
  readonly held: readonly {
    readonly line: LetterLine;
    readonly reason: string;
    readonly remedy: ItemDecision['remedy'];
  }[];
  /** Says exactly what was read before sending: another record gives another mark. */
  readonly mark: string;
}

/** Divides the letter by sharing's decisions. A line without a decision, or allowed only in part, does not go. */
export function divideLetter(
  lines: readonly LetterLine[],
  decisions: readonly ItemDecision[],
): DecidedLetter {
  const byKey = new Map(decisions.map((decision) => [decision.item.key, decision]));
  const goes = lines.filter((line) => byKey.get(line.key)?.answer === 'may');
  const held = lines
    .filter((line) => byKey.get(line.key)?.answer !== 'may')
    .map((line) => {
      const decision = byKey.get(line.key);
      return { line, reason: decision?.reason ?? 'Nothing allows it.', remedy: decision?.remedy ?? null };
    });
  const mark = createHash('sha256')
    .update(JSON.stringify(goes.map((line) => [line.key, line.label, line.text])))
    .digest('base64url')
    .slice(0, 22);
  return { goes, held, mark };
}

/** Initials and needs: all that is shown before somebody opens the link. */
export function coverOf(
  person: Pick<Person, 'givenName' | 'familyName'>,
  needs: readonly NeedKind[],
): string {
  const initials = [person.givenName, person.familyName]
    .flatMap((name) => (name === null || name === '' ? [] : [name.charAt(0).toUpperCase()]))
    .join('');
  const help = needs.map((need) => needLabel(need).toLowerCase()).join(', ');
  return `${initials === '' ? 'Somebody' : initials}: ${help}`;
}
