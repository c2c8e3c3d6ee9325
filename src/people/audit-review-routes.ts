import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { auditActor, databaseContext, readerByLink, roles, viewerOf, type Role } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { auditLines, workerName, type AuditLine } from './audit-review-store.ts';
import { displayName } from './person.ts';
import { findPeople } from './person-store.ts';

export interface AuditReviewParts {
  readonly database: Database;
  readonly clock: Clock;
}

const PAGE = 50;
const beforeSchema = z.object({ before: z.iso.datetime({ precision: null }).optional() });

/** Who has seen this person's record, and what this worker has done: for the privacy officer only. Looking is audited too. */
export function registerAuditReviewRoutes(server: FastifyInstance, parts: AuditReviewParts): void {
  const config = { permission: 'audit.review' };

  server.get('/access-review/people/:personId', { config }, async (request, reply) => {
    const { personId } = z.object({ personId: z.uuid() }).parse(request.params);
    const { before } = beforeSchema.parse(request.query);
    const viewer = viewerOf(request);
    const page = await parts.database.transaction(databaseContext(viewer), async (tx) => {
      const person = (await findPeople(tx, viewer, [personId])).get(personId);
      if (person === undefined) return null;
      const lines = await auditLines(tx, viewer, {
        personId,
        atMost: PAGE + 1,
        ...(before === undefined ? {} : { before: Temporal.Instant.from(before) }),
      });
      await recordAudit(tx, parts.clock.now(), auditActor(viewer, request.reference), {
        action: 'viewed',
        personId,
        subjectKind: 'who has seen the record',
      });
      return { title: `Who has seen the record of ${displayName(person)}`, lines };
    });
    if (page === null) return reply.missing();
    return reply.page('audit-review.njk', { ...model(page.lines, null), title: page.title, about: 'person' });
  });

  server.get('/access-review/workers/:workerId', { config }, async (request, reply) => {
    const { workerId } = z.object({ workerId: z.uuid() }).parse(request.params);
    const { before } = beforeSchema.parse(request.query);
    const viewer = viewerOf(request);
    const page = await parts.database.transaction(databaseContext(viewer), async (tx) => {
      const name = await workerName(tx, viewer, workerId);
      if (name === null) return null;
      const lines = await auditLines(tx, viewer, {
        workerId,
        atMost: PAGE + 1,
        ...(before === undefined ? {} : { before: Temporal.Instant.from(before) }),
      });
      const people = await findPeople(
        tx,
        viewer,
        lines.flatMap((line) => (line.personId === null ? [] : [line.personId])),
      );
      await recordAudit(tx, parts.clock.now(), auditActor(viewer, request.reference), {
        action: 'viewed',
        subjectKind: 'what a worker has done',
        subjectId: workerId,
      });
      const names = new Map([...people].map(([id, person]) => [id, displayName(person)]));
      return { title: `What ${name} has done`, lines, names };
    });
    if (page === null) return reply.missing();
    return reply.page('audit-review.njk', {
      ...model(page.lines, page.names),
      title: page.title,
      about: 'worker',
    });
  });
}

function model(
  lines: readonly AuditLine[],
  names: ReadonlyMap<string, string> | null,
): Readonly<Record<string, unknown>> {
  const shown = lines.slice(0, PAGE);
  const last = shown.at(-1);
  return {
    lines: shown.map((line) => ({
      at: line.at,
      // A link's own number says nothing to a reader of this page; the row keeps it.
      who: readerByLink(line.actor) ?? line.actor,
      whoHref: names === null && line.workerId !== null ? `/access-review/workers/${line.workerId}` : null,
      role:
        line.workerRole === null
          ? readerByLink(line.actor) !== null
            ? 'Reader by link'
            : 'System'
          : (roles[line.workerRole as Role]?.label ?? line.workerRole),
      did: `${line.action.charAt(0).toUpperCase()}${line.action.slice(1)}: ${line.subjectKind}`,
      because: line.because,
      person: line.personId === null ? null : (names?.get(line.personId) ?? null),
      personHref: line.personId === null ? null : `/access-review/people/${line.personId}`,
    })),
    older:
      lines.length > PAGE && last !== undefined ? `?before=${encodeURIComponent(last.at.toString())}` : null,
  };
}
