import { auditActor, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { findPeople } from '../people/index.ts';
import { LONDON } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { appointmentsForWorker } from './appointment-store.ts';
import { caseloadOf, isQuiet, QUIET_DAYS } from './caseload-store.ts';
import { contactPointsOf } from './contact-store.ts';
import { whenText } from './display-words.ts';
import { callsDue } from './follow-up-store.ts';
import { handoversTo } from './handover-store.ts';
import type { NavigationParts } from './navigation-parts.ts';
import {
  appointmentCards,
  callCards,
  cardPerson,
  waitingCards,
  type PeopleOfToday,
} from './present-today.ts';

/**
 * Everything on Today, in a number of queries that does not depend on how many people are on it. The view is written
 * to the audit as one list with its count.
 */
export async function loadToday(
  parts: NavigationParts,
  tx: Tx,
  viewer: SignedInViewer,
  now: Temporal.Instant,
  reference: string | null,
): Promise<Readonly<Record<string, unknown>>> {
  const london = now.toZonedDateTimeISO(LONDON);
  const today = london.toPlainDate();
  const begins = london.startOfDay().toInstant();
  const ends = london.startOfDay().add({ days: 1 }).toInstant();
  const waiting = await handoversTo(tx, viewer);
  const appointments = await appointmentsForWorker(tx, viewer, viewer.workerId, begins, ends);
  const calls = await callsDue(tx, viewer, viewer.workerId, today);
  const caseload = await caseloadOf(tx, viewer, viewer.workerId, now);
  const mine = caseload.map((entry) => entry.personId);
  const owed = (await parts.owedAnswers?.(tx, viewer, mine, now)) ?? [];
  const news = (await parts.caseloadNews?.(tx, viewer, mine, now)) ?? [];
  const ids = [
    ...new Set([
      ...mine,
      ...[...waiting, ...appointments, ...calls, ...owed, ...news].map((item) => item.personId),
    ]),
  ];
  const people = await findPeople(tx, viewer, ids);
  const known: PeopleOfToday = {
    people,
    mayOpen: await parts.people.mayOpenThese(tx, viewer, people),
    points: await contactPointsOf(tx, viewer, ids),
    decisions: (await parts.contactDecisions?.(tx, viewer, ids, now, people)) ?? new Map(),
  };
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'viewed',
    subjectKind: 'today',
    detail: { people: ids.length },
  });
  const since = begins.subtract({ hours: 24 });
  // Whom they accepted themselves is no news to them.
  const arrived = caseload.filter(
    (entry) => entry.startedBy !== viewer.workerId && Temporal.Instant.compare(entry.startedAt, since) >= 0,
  );
  const quiet = caseload.filter((entry) => entry.kind === 'navigator' && isQuiet(entry, now));
  return {
    waiting: waitingCards(waiting, known, now),
    appointments: appointmentCards(appointments, known, viewer.workerId, now),
    calls: callCards(calls, known, now),
    owed: owed.map((answer) => ({ ...answer, person: cardPerson(known, answer.personId) })),
    news: [
      ...news.map((item) => ({ ...item, person: cardPerson(known, item.personId) })),
      ...arrived.map((entry) => ({
        person: cardPerson(known, entry.personId),
        text: 'came onto your caseload.',
        source: `Since ${whenText(entry.startedAt, now)}`,
      })),
    ],
    caseloadCount: caseload.length,
    quietCount: quiet.length,
    quietDays: QUIET_DAYS,
    liveTopics: [`worker:${viewer.workerId}`, ...(viewer.teamId === null ? [] : [`team:${viewer.teamId}`])],
  };
}
