import type { Handover } from './handover.ts';

/** The boards a handover is on: the person's pages, the receivers', the sender's, and whoever has taken it. */
export function handoverTopics(
  handover: Pick<Handover, 'personId' | 'to' | 'fromWorkerId' | 'settledBy'>,
): readonly string[] {
  const { to } = handover;
  return [
    `person:${handover.personId}`,
    ...(to.workerId === null ? [] : [`worker:${to.workerId}`]),
    ...(to.teamId === null ? [] : [`team:${to.teamId}`]),
    ...(to.siteId === null ? [] : [`court:${to.siteId}`]),
    ...(handover.fromWorkerId === null ? [] : [`worker:${handover.fromWorkerId}`]),
    ...(handover.settledBy === null ? [] : [`worker:${handover.settledBy}`]),
  ];
}

/** The boards a contact, an appointment or a goal is on. */
export function supportTopics(personId: string, ...workers: readonly (string | null)[]): readonly string[] {
  return [
    `person:${personId}`,
    ...workers.flatMap((worker) => (worker === null ? [] : [`worker:${worker}`])),
  ];
}
