import { auditActor, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { findPeople } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { navigatorLoads } from './assign-caseload.ts';
import { contactsAgainst } from './contact-store.ts';
import { dayText, whenText } from './display-words.ts';
import { callsOfNobody } from './follow-up-store.ts';
import { isLate } from './handover.ts';
import { openHandovers } from './handover-store.ts';
import type { NavigationParts, TeamLine } from './navigation-parts.ts';
import { handoverRow } from './present-handover.ts';
import { cardPerson, type PeopleOfToday } from './present-today.ts';

/** What a lead looks at first: what nobody has taken, who is on nobody's caseload, balance, and what is late. */
export async function loadTeam(
  parts: NavigationParts,
  tx: Tx,
  viewer: SignedInViewer,
  now: Temporal.Instant,
  reference: string | null,
): Promise<Readonly<Record<string, unknown>>> {
  const today = londonDate(now);
  const open = await openHandovers(tx, viewer);
  const nobody = await callsOfNobody(tx, viewer);
  const against = await contactsAgainst(tx, viewer, now.subtract({ hours: 7 * 24 }));
  const loads = await navigatorLoads(tx, viewer, today);
  const notSeen = await parts.staysNotSeen?.(tx, viewer, now);
  const reportsLate = await parts.reportsLate?.(tx, viewer, now);
  const ids = [
    ...new Set(
      [...open, ...nobody, ...against, ...(notSeen ?? []), ...(reportsLate ?? [])].map(
        (item) => item.personId,
      ),
    ),
  ];
  const people = await findPeople(tx, viewer, ids);
  const known: PeopleOfToday = {
    people,
    mayOpen: await parts.people.mayOpenThese(tx, viewer, people),
    points: new Map(),
    decisions: new Map(),
  };
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'viewed',
    subjectKind: 'team',
    detail: { people: ids.length },
  });
  const named = (line: TeamLine) => {
    const person = cardPerson(known, line.personId);
    return { ...line, name: person.name, href: person.open ? line.href : person.href };
  };
  // Sent back first, then late, then by time: what came back has no clock that would say so.
  const urgent = (handover: (typeof open)[number]) =>
    handover.state === 'returned' ? 0 : isLate(handover, now) ? 1 : 2;
  const ordered = [...open].sort((a, b) => urgent(a) - urgent(b));
  const late = open.filter((handover) => urgent(handover) < 2).length;
  return {
    late: late > 0,
    openNote: `${open.length}, ${late} late or sent back`,
    openRows: ordered.map((handover) => {
      const person = cardPerson(known, handover.personId);
      return handoverRow(handover, person.open ? person.name : null, now, 'out');
    }),
    unassigned: nobody.map((item) => ({
      ...cardPerson(known, item.personId),
      source: `${item.calls === 1 ? '1 call' : `${item.calls} calls`} to make, first ${dayText(item.dueOn, today)}`,
    })),
    navigators: [...loads].sort((a, b) => a.people - b.people),
    loadRows: loads.map((load) => ({
      cells: [
        { text: load.name, source: load.teamName ?? 'No team' },
        { text: `${load.people}` },
        { text: `${load.callsDue}` },
      ],
    })),
    against: against.map((item) => {
      const person = cardPerson(known, item.personId);
      return {
        name: person.name,
        href: person.open ? `/people/${item.personId}/support#contacts` : person.href,
        text: person.open ? `${item.what} Done because: ${item.why}` : '',
        source: `${item.by} · ${whenText(item.at, now)}`,
      };
    }),
    notSeen: notSeen?.map(named),
    reportsLate: reportsLate?.map(named),
    liveTopics:
      viewer.teamId === null
        ? [`worker:${viewer.workerId}`]
        : [`team:${viewer.teamId}`, `worker:${viewer.workerId}`],
  };
}
