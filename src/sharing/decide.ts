import type { Viewer } from '../access/index.ts';
import { consentFor } from '../consent/index.ts';
import type { NeedKind } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { decideItem, type ItemDecision } from './decide-item.ts';
import { consentSubjectOf, type Purpose, type Recipient, type ShareItem } from './recipient.ts';
import { findLiveLegalReasons, findRules } from './sharing-store.ts';

export interface DecideInput {
  readonly personId: string;
  readonly recipient: Recipient;
  readonly purpose: Purpose;
  readonly items: readonly ShareItem[];
  readonly now: Temporal.Instant;
  /** For a referral: the needs it is about; other needs are held back. */
  readonly relatedNeeds?: readonly NeedKind[];
}

/**
 * What may go, item by item, in the order given: the one decision point that every report, referral, link, letter,
 * message, export and print asks. The caller has opened the person's record. A fixed number of queries.
 */
export async function decide(tx: Tx, viewer: Viewer, input: DecideInput): Promise<readonly ItemDecision[]> {
  const { recipient, purpose, now } = input;
  const consent = await consentFor(tx, viewer, input.personId, consentSubjectOf(recipient), now);
  const rules = await findRules(tx, recipient.kind);
  const legalReasons = await findLiveLegalReasons(tx, viewer, input.personId, now);
  return input.items.map((item) =>
    decideItem({
      item,
      recipient,
      purpose,
      rules,
      consent,
      legalReasons,
      now,
      today: londonDate(now),
      ...(input.relatedNeeds === undefined ? {} : { relatedNeeds: input.relatedNeeds }),
    }),
  );
}
