import { readPostcode } from '../people/index.ts';
import type { MatchIdentifier, MatchRecord } from '../matching/index.ts';
import { dateLong, day as dayText, when } from '../platform/views/dates.ts';
import { timeOf } from './court-day-page.ts';
import { backToDay } from './court-day-routes.ts';
import type { ListedPerson, Suggestion } from './match-store.ts';
import { listName } from './court-line.ts';
import { matchRecordOf } from './look-for-people.ts';
import { roomName } from './room-name.ts';

/** A record that may be the person on the list. */
export interface MatchChoice {
  readonly personId: string;
  readonly name: string;
  readonly sealed: boolean;
  readonly record: MatchRecord | null;
  readonly suggestion: Suggestion | null;
}

const pipsOf = { same: 3, likely: 2, possible: 1 } as const;
const likenessText = { same: 'Same person', likely: 'Likely', possible: 'Possible' } as const;

/** The list beside our records, as the template takes it. */
export function courtMatchModel(
  listed: ListedPerson,
  choices: readonly MatchChoice[],
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> {
  const { appearance } = listed;
  const name = listName({
    givenNames: appearance.name?.given.join(' ') ?? null,
    familyName: appearance.name?.family ?? null,
    nameReceived: appearance.name?.received ?? null,
  });
  const onList = factsOf(matchRecordOf(appearance), name);
  const day = listed.day === null ? 'Day not given' : dayText(listed.day);
  const page = `/courts/appearances/${listed.id}`;
  return {
    now,
    pageTitle: 'Is this someone we know',
    heading: `Is this someone we know: ${name}`,
    where: [
      `${listed.courtName}, ${day}, ${timeOf(listed.startTime)}, ${roomName(listed.room).toLowerCase()}`,
      `List received ${when(listed.receivedAt, now)}`,
      listed.youth === 'yes' ? 'Under 18: the name is held on the court day' : '',
    ]
      .filter((part) => part !== '')
      .join('. '),
    backHref: backToDay(listed, now),
    backText: 'Back to the court day',
    action: `${page}/match`,
    recordAction: `${page}/record`,
    unknownText:
      listed.lookedAt === null
        ? 'We have not looked in our records yet. This takes a few seconds after a list arrives.'
        : `We looked ${when(listed.lookedAt, now)} by name, date of birth, address, police numbers and court reference, and found nobody.`,
    note: 'Confirming adds what the list says to the record, beside what we know. It is remembered for later lists under the same court or police number, and can be taken back here.',
    choices: choices.map((choice) => choiceModel(choice, onList, listed)),
  };
}

function choiceModel(
  choice: MatchChoice,
  onList: ReadonlyMap<string, string>,
  listed: ListedPerson,
): Readonly<Record<string, unknown>> {
  const { suggestion, record } = choice;
  const ours = record === null ? new Map<string, string>() : factsOf(record, choice.name);
  const labels = [...new Set([...onList.keys(), ...ours.keys()])];
  return {
    personId: choice.personId,
    title: choice.name,
    pips: suggestion === null ? 3 : pipsOf[suggestion.likeness],
    likeness: suggestion === null ? 'Confirmed' : likenessText[suggestion.likeness],
    evidence: suggestion?.evidence ?? 'Confirmed by a worker on this or an earlier list.',
    confirmed: listed.personId === choice.personId,
    facts: choice.sealed
      ? [{ label: 'Record', list: 'As above', ours: 'Sealed: ask your lead to look' }]
      : labels.map((label) => ({
          label,
          list: onList.get(label) ?? 'Not on the list',
          ours: ours.get(label) ?? 'Not recorded',
        })),
    steps: (suggestion?.waterfall ?? []).map((step) => ({
      sentence: step.sentence,
      weight: `${step.bits > 0 ? '+' : ''}${Math.round(step.bits)}`,
    })),
    model:
      suggestion === null
        ? ''
        : `Weights ${suggestion.model}. Together ${Math.round(suggestion.weight)}. A weight is a suggestion, not an answer.`,
  };
}

const numberLabels: Partial<Record<MatchIdentifier['kind'], string>> = {
  pnc: 'Police number (PNC)',
  cro: 'Criminal record number (CRO)',
  crn: 'Probation number (CRN)',
  asn: 'Arrest summons number',
  defendant: 'Court reference',
};

/** The comparable facts of a record by label, in the order they are weighed. */
function factsOf(record: MatchRecord, name: string): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  const add = (label: string, values: readonly string[]): void => {
    const known = [...new Set(values.filter((value) => value !== ''))];
    if (known.length > 0) facts.set(label, known.join('; '));
  };
  add('Name', [
    name,
    ...record.names
      .filter((one) => one.kind !== 'current')
      .map((one) => [...one.given, one.family].join(' ').trim())
      .filter((other) => other.toLowerCase() !== name.toLowerCase()),
  ]);
  add('Date of birth', record.birthDates.map(dateLong));
  add(
    'Sex',
    record.sex === null
      ? []
      : [record.sex === 'female' ? 'Female' : record.sex === 'male' ? 'Male' : 'Other'],
  );
  add(
    'Postcode',
    record.postcodes.map((text) => readPostcode(text).canonical ?? text),
  );
  for (const [kind, label] of Object.entries(numberLabels))
    add(
      label,
      record.identifiers.filter((one) => one.kind === kind).map((one) => one.value),
    );
  return facts;
}
