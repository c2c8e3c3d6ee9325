import type { ItemDecision } from './decide-item.ts';
import { when } from '../platform/views/dates.ts';
import { wasStopped, type Disclosure } from './disclosures.ts';
import { recipientLabels, recipientName, type Purpose } from './recipient.ts';

/** What each purpose is called on a page. */
const purposeWords: Readonly<Record<Purpose, string>> = {
  'care-in-custody': 'care in custody',
  'charge-decision': 'the decision to charge',
  'out-of-court-disposal': 'a decision without court',
  bail: 'a bail decision',
  'case-management': 'running the case',
  sentence: 'the sentence',
  'court-information': 'the court’s information',
  'pre-sentence-report': 'the pre-sentence report',
  referral: 'a referral',
  'continuing-care': 'care that goes on',
};

const channelWords: Readonly<Record<Disclosure['channel'], string>> = {
  'on-screen': 'on screen',
  link: 'by a link',
  print: 'on paper',
  message: 'by message',
};

const basisWords: Readonly<Record<Exclude<ItemDecision['basis'], 'none' | 'never'>, string>> = {
  consent: 'Agreed',
  'care-in-custody': 'Needed for care in custody',
  'legal-reason': 'Without consent, legal reason',
};

const receiptWords = {
  delivered: 'Delivered',
  received: 'Received',
  read: 'Read',
  stopped: 'Stopped',
} as const;

/** One disclosure as its template takes it. Nothing is green before the other side has it. */
export function disclosureRow(entry: Disclosure, now: Temporal.Instant): Readonly<Record<string, unknown>> {
  const last = entry.receipts.at(-1);
  const had = entry.receipts.filter((receipt) => receipt.kind !== 'stopped').at(-1);
  const stopped = entry.receipts.find((receipt) => receipt.kind === 'stopped');
  const status = wasStopped(entry)
    ? { shape: 'stop', text: 'Stopped before anybody had it' }
    : had === undefined
      ? entry.channel === 'print'
        ? { shape: 'wait', text: 'Printed, not confirmed as handed over' }
        : { shape: 'wait', text: 'Made available, not opened yet' }
      : { shape: 'done', text: `${receiptWords[had.kind]} ${when(had.at, now)}, ${had.by}` };
  return {
    id: entry.id,
    to: recipientName(entry.recipient),
    toKind: entry.recipient.name === undefined ? null : recipientLabels[entry.recipient.kind],
    what: entry.what.charAt(0).toUpperCase() + entry.what.slice(1),
    purpose: purposeWords[entry.purpose],
    when: when(entry.at, now),
    how: channelWords[entry.channel],
    by: entry.by,
    status,
    closed:
      stopped !== undefined && had !== undefined
        ? `Closed ${when(stopped.at, now)}: ${stopped.note ?? ''}`
        : null,
    receipts: entry.receipts.map(
      (receipt) => `${receiptWords[receipt.kind]} ${when(receipt.at, now)}, ${receipt.by}`,
    ),
    last: last === undefined ? null : when(last.at, now),
    items: entry.items.map((item) => ({
      text: item.answer === 'in-part' ? `${item.label}, in part` : item.label,
      basis: item.basis === 'consent' ? item.reason : basisWords[item.basis],
    })),
  };
}
