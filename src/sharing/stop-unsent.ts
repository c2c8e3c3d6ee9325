import { auditActor, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { subjectKey, type ConsentSubject } from '../consent/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';

const WHY = 'The person took back their agreement';

/** Messages to the person themselves carry this word before the id in `caused_by`. */
const CONTACT = 'contact';

/**
 * Stops what has not gone yet because of an agreement that no longer stands: messages still waiting are cancelled and
 * single-purpose links are closed. What was delivered or read is not called back, and stays on the list. A printed page
 * has left. Runs in the transaction of the withdrawal, under the person's lock.
 */
export async function stopUnsent(
  parts: { readonly clock: Clock },
  tx: Tx,
  viewer: Viewer,
  input: { readonly personId: string; readonly subject: ConsentSubject },
): Promise<{ readonly messages: number; readonly links: number }> {
  const now = parts.clock.now();
  const disclosures =
    input.subject.kind === 'share'
      ? await tx
          .selectFrom('disclosure')
          .select(['id', 'subject_id', 'service_id', 'what', 'channel', 'area_id', 'person_id'])
          .where('person_id', '=', input.personId)
          .where('consent_key', '=', subjectKey(input.subject))
          // What went for care in custody or for a legal reason did not rest on the agreement, and goes on.
          .where((eb) =>
            eb.exists(
              eb
                .selectFrom('disclosure_item')
                .select('disclosure_item.id')
                .whereRef('disclosure_item.disclosure_id', '=', 'disclosure.id')
                .where('disclosure_item.basis', '=', 'consent'),
            ),
          )
          .execute()
      : [];
  const causes = disclosures.flatMap(causesOf);
  const cancelled = await tx
    .updateTable('outbound_message')
    .set({ cancelled_at: now, cancelled_why: WHY })
    .where('person_id', '=', input.personId)
    .where('sent_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where((eb) =>
      input.subject.kind === 'contact-after-release'
        ? eb.or([eb('caused_by', 'like', `${CONTACT}:%`), eb('caused_by', 'like', `${CONTACT} %`)])
        : eb('caused_by', 'in', causes.length === 0 ? [''] : causes),
    )
    .returning(['id', 'caused_by'])
    .execute();
  const subjects = disclosures.map((row) => row.subject_id);
  const revoked =
    subjects.length === 0
      ? []
      : await tx
          .updateTable('single_purpose_link')
          .set({ revoked_at: now, revoked_why: WHY })
          .where('person_id', '=', input.personId)
          .where('subject_id', 'in', subjects)
          .where('revoked_at', 'is', null)
          .where('expires_at', '>', now)
          .returning(['id', 'subject_id'])
          .execute();
  const seen = await receiptsOfAll(
    tx,
    disclosures.map((row) => row.id),
  );
  const stopped = disclosures.filter(
    (row) =>
      // On a reader's screen and not looked at yet: reading asks the decision point again, and finds it closed.
      (row.channel === 'on-screen' && !seen.has(row.id)) ||
      revoked.some((link) => link.subject_id === row.subject_id) ||
      cancelled.some((message) => causesOf(row).includes(message.caused_by)),
  );
  if (stopped.length > 0)
    await tx
      .insertInto('disclosure_receipt')
      .values(
        stopped.map((row) => ({
          area_id: row.area_id,
          person_id: row.person_id,
          disclosure_id: row.id,
          subject_id: row.subject_id,
          service_id: row.service_id,
          kind: 'stopped',
          at: now,
          by_name: auditActor(viewer).actor,
          note: WHY,
        })),
      )
      .onConflict((conflict) => conflict.columns(['disclosure_id', 'kind']).doNothing())
      .execute();
  if (cancelled.length > 0 || stopped.length > 0) {
    await recordAudit(tx, now, auditActor(viewer), {
      action: 'changed',
      personId: input.personId,
      subjectKind: 'sharing stopped',
      detail: {
        about: subjectKey(input.subject),
        messages: cancelled.length,
        links: revoked.length,
      },
    });
    await touch(tx, [
      `person:${input.personId}`,
      ...stopped.map((row) => `${row.what === 'referral' ? 'referral' : 'report'}:${row.subject_id}`),
    ]);
  }
  return { messages: cancelled.length, links: revoked.length };
}

/** How a message names what made it: the disclosure, or the report or referral itself; with a colon or a space. */
function causesOf(row: {
  readonly id: string;
  readonly what: string;
  readonly subject_id: string;
}): readonly string[] {
  return [':', ' '].flatMap((sign) => [`disclosure${sign}${row.id}`, `${row.what}${sign}${row.subject_id}`]);
}

async function receiptsOfAll(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .selectFrom('disclosure_receipt')
    .select('disclosure_id')
    .where('disclosure_id', 'in', [...ids])
    .execute();
  return new Set(rows.map((row) => row.disclosure_id));
}
