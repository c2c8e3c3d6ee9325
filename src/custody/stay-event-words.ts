import { atAndAge } from './custody-picture.ts';
import { timeAndDay } from './stay-clock.ts';
import { legalBases, stayOutcomes, type StayEvent } from './stay.ts';

const kindWords: Readonly<Record<StayEvent['kind'], string>> = {
  arrested: 'Arrested',
  arrived: 'Arrived',
  'detention-authorised': 'Detention authorised',
  'moved-cell': 'Moved',
  'moved-suite': 'Moved to another suite',
  'review-done': 'Detention review done',
  'review-postponed': 'Detention review postponed',
  extension: 'Detention extended by a superintendent',
  warrant: 'Warrant of further detention',
  'section-136-extended': 'Section 136 extended',
  'to-hospital': 'Taken to hospital',
  'back-from-hospital': 'Back from hospital',
  'appropriate-adult-needed': 'Appropriate adult',
  'appropriate-adult-asked': 'Appropriate adult asked for',
  'appropriate-adult-arrived': 'Appropriate adult arrived',
  'appropriate-adult-left': 'Appropriate adult left',
  interview: 'Interview',
  'interview-ended': 'Interview ended',
  'charge-decision-due': 'Charge decision expected',
  investigator: 'Investigator',
  solicitor: 'Solicitor',
  'expected-end': 'Expected to leave',
  charged: 'Charged',
  bailed: 'Bailed',
  released: 'Released',
  transferred: 'Moved elsewhere',
  left: 'Left',
  'identity-corrected': 'Name or birth date corrected',
  alert: 'Alert',
  other: 'Other event',
};

const neededWords: Readonly<Record<string, string>> = {
  yes: 'needed',
  no: 'not needed',
  unknown: 'not known whether needed',
  declined: 'would not say whether needed',
  'not-asked': 'not asked',
};

/** One fact of a stay as the history shows it: what, when, who says so, and when it was written down if later. */
export function eventLine(
  event: StayEvent,
  now: Temporal.Instant,
): { readonly what: string; readonly at: string; readonly by: string } {
  const { detail } = event;
  const said = [
    detail.needed === undefined ? null : neededWords[detail.needed],
    detail.place === undefined ? null : `place ${detail.place}`,
    detail.at === undefined ? null : timeAndDay(Temporal.Instant.from(detail.at), now),
    detail.name,
    detail.contact,
    detail.legalBasis === undefined ? null : legalBases[detail.legalBasis],
    detail.outcome === undefined ? null : stayOutcomes[detail.outcome],
    detail.what,
    detail.reason,
    detail.feedKind === undefined ? null : `“${detail.feedKind}”`,
  ].filter((part) => part !== null && part !== undefined);
  const late = event.enteredAt.since(event.happenedAt).total({ unit: 'minute' }) >= 15;
  return {
    what: [kindWords[event.kind], ...said].join(', '),
    at: atAndAge(event.happenedAt, now),
    by: `${event.source}${late ? `, written down ${timeAndDay(event.enteredAt, now)}` : ''}`,
  };
}
