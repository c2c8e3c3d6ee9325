import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { databaseContext, viewerOf } from '../access/index.ts';
import type { Database } from '../platform/database.ts';
import { readDraft } from '../platform/forms/drafts.ts';
import { oneText, refusalErrors, typedBody } from '../platform/forms/form.ts';
import type { formErrors, Typed } from '../platform/forms/form.ts';
import { keyedAct } from '../platform/forms/keyed-act.ts';
import { done, refused } from '../platform/result.ts';
import { clockSeconds, when } from '../platform/views/dates.ts';
import { needLabel, personPage } from '../people/index.ts';
import {
  assessmentKeys,
  assessmentParts,
  isRecord,
  newestRevision,
  newestSigned,
  openAsides,
} from './assessment.ts';
import type { AssessmentVersion } from './assessment.ts';
import { assessmentVersions } from './assessment-store.ts';
import { bothTextsModel, chosenText } from './both-texts.ts';
import { needsOf } from './need-store.ts';
import { ASSESSMENT_DRAFT, saveAssessment } from './save-assessment.ts';
import type { SaveAssessmentParts } from './save-assessment.ts';

export interface AssessmentRouteParts extends SaveAssessmentParts {
  readonly database: Database;
}

const params = z.object({ personId: z.uuid() });
const versionParams = params.extend({ versionId: z.uuid() });
const permission = 'assessment.record';

/** The short assessment: written, saved as typed, signed, corrected, and both texts where two people wrote. */
export function registerAssessmentPages(server: FastifyInstance, parts: AssessmentRouteParts): void {
  async function page(
    request: FastifyRequest,
    reply: FastifyReply,
    again: { readonly typed: Typed; readonly errors: ReturnType<typeof formErrors> } | null,
  ): Promise<FastifyReply> {
    const { personId } = params.parse(request.params);
    const edit = z.object({ edit: z.literal('yes') }).safeParse(request.query).success;
    return personPage(parts, request, reply, {
      personId,
      tab: 'assessment',
      template: 'assessment.njk',
      what: 'assessment',
      status: again === null ? 200 : 422,
      load: async ({ tx, viewer, person, now }) => {
        const versions = await assessmentVersions(tx, viewer, person.id);
        const latest = newestRevision(versions);
        const draft = await readDraft(tx, {
          ownerId: viewer.workerId,
          form: ASSESSMENT_DRAFT,
          subject: person.id,
        });
        const typed = again?.typed ?? draft?.content;
        const writing = latest?.status !== 'signed' || edit || typed !== undefined;
        const found = (await needsOf(tx, viewer, person.id)).filter(({ answer }) => answer === 'found');
        return {
          headings: assessmentParts.map((part) => ({
            ...part,
            text: typed === undefined ? (latest?.text[part.key] ?? '') : oneText(typed, part.key),
          })),
          writing,
          draft: writing,
          draftVersion: draft?.version ?? 0,
          savedAt: draft === undefined ? undefined : clockSeconds(draft.savedAt),
          unsaved: draft !== undefined && again === null,
          opened: typed === undefined ? (latest?.revision ?? 0) : Number(oneText(typed, 'opened')) || 0,
          correcting: (latest?.version ?? 1) > 1 || latest?.status === 'signed',
          reason:
            typed === undefined
              ? latest?.status === 'draft'
                ? (latest.reason ?? '')
                : ''
              : oneText(typed, 'reason'),
          state: stateText(latest, now),
          signed: latest?.status === 'signed' ? signatureOf(latest) : null,
          registration: viewer.registration,
          needsFound: found.map(({ kind, detail }) => ({ label: needLabel(kind), detail: detail ?? '' })),
          versions: versions
            .filter(({ status }) => status === 'signed')
            .map((version) => ({
              href: `/people/${person.id}/assessment/versions/${version.id}`,
              text: `Version ${version.version}`,
              reason: version.reason ?? '',
              source: signatureOf(version),
            })),
          asides: openAsides(versions).map((version) => ({
            href: `/people/${person.id}/assessment/both/${version.id}`,
            text: `Text of ${version.by.name}, kept ${when(version.savedAt, now)}`,
          })),
          ...again?.errors,
        };
      },
    });
  }

  server.get(
    '/people/:personId/assessment',
    { config: { permission }, schema: { params } },
    (request, reply) => page(request, reply, null),
  );

  server.post(
    '/people/:personId/assessment',
    { config: { permission }, schema: { params } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { personId } = params.parse(request.params);
      const typed = typedBody(request.body);
      const base = `/people/${personId}/assessment`;
      const form = { body: request.body, route: 'assessment' };
      const outcome = await keyedAct(parts.database, databaseContext(viewer), form, async (tx) => {
        const opened = await parts.people.open(tx, viewer, personId);
        if (opened === null) return refused('not-found', 'There is no such record.');
        const versions = await assessmentVersions(tx, viewer, opened.person.id);
        const aside = openAsides(versions).find(({ id }) => id === oneText(typed, 'aside'));
        const theirs = newestRevision(versions);
        const sides =
          aside === undefined || theirs === undefined ? null : { theirs: theirs.text, mine: aside.text };
        const saved = await saveAssessment(parts, tx, viewer, {
          personId: opened.person.id,
          text: chosenText(assessmentKeys, typed, sides),
          openedRevision: Number(oneText(typed, 'opened')) || 0,
          sign: oneText(typed, 'sign') === 'yes',
          reason: oneText(typed, 'reason'),
          settles: aside?.id ?? null,
          reference: request.reference,
        });
        return saved.ok ? done({ id: saved.value.id, status: saved.value.status }) : saved;
      });
      if (outcome.ok) {
        const { id, status } = outcome.value;
        return reply.redirect(status === 'aside' ? `${base}/both/${id}` : base, 303);
      }
      switch (outcome.refusal.code) {
        case 'not-found':
          return reply.missing();
        case 'key-used':
          break;
        case 'nothing-written':
        case 'not-enough-to-sign':
        case 'reason-missing':
        case 'unchanged':
          return page(request, reply, { typed, errors: refusalErrors(outcome.refusal, typed) });
      }
      return reply.refusal(outcome.refusal);
    },
  );

  server.get(
    '/people/:personId/assessment/versions/:versionId',
    { config: { permission }, schema: { params: versionParams } },
    (request, reply) => {
      const { personId, versionId } = versionParams.parse(request.params);
      return personPage(parts, request, reply, {
        personId,
        tab: 'assessment',
        template: 'assessment-version.njk',
        what: 'assessment version',
        load: async ({ tx, viewer, person, now }) => {
          const versions = await assessmentVersions(tx, viewer, person.id);
          const version = versions.find(({ id, status }) => id === versionId && status === 'signed');
          if (version === undefined) return null;
          const newest = newestSigned(versions);
          return {
            version: version.version,
            headings: assessmentParts.map((part) => ({ ...part, text: version.text[part.key] })),
            signature: signatureOf(version),
            reason: version.reason ?? '',
            replaced:
              newest === undefined || newest.id === version.id
                ? ''
                : `Replaced by version ${newest.version}, signed ${when(newest.savedAt, now)}`,
            backHref: `/people/${person.id}/assessment`,
          };
        },
      });
    },
  );

  server.get(
    '/people/:personId/assessment/both/:versionId',
    { config: { permission }, schema: { params: versionParams } },
    (request, reply) => {
      const { personId, versionId } = versionParams.parse(request.params);
      return personPage(parts, request, reply, {
        personId,
        tab: 'assessment',
        template: 'both-texts.njk',
        what: 'assessment, both texts',
        load: async ({ tx, viewer, person, now }) => {
          const versions = await assessmentVersions(tx, viewer, person.id);
          const aside = versions.find(({ id, status }) => id === versionId && status === 'aside');
          const latest = newestRevision(versions);
          if (aside === undefined || latest === undefined) return null;
          return {
            ...bothTextsModel({
              headings: assessmentParts,
              start: versions.find((one) => isRecord(one) && one.revision === aside.openedRevision)?.text,
              theirs: { by: latest.by.name, at: latest.savedAt, text: latest.text },
              mine: {
                by: aside.by.name,
                at: aside.savedAt,
                text: aside.text,
              },
              now,
            }),
            heading: 'Two people wrote in this assessment',
            action: `/people/${person.id}/assessment`,
            opened: latest.revision,
            asideId: aside.id,
            hidden: { reason: aside.reason ?? '' },
          };
        },
      });
    },
  );
}

function signatureOf(version: AssessmentVersion): string {
  const { name, role, registration } = version.by;
  const at = when(version.savedAt, version.savedAt.add({ hours: 24 * 400 }));
  return `Signed by ${name}, ${role}${registration === null ? '' : `, ${registration}`}, ${at}`;
}

function stateText(latest: AssessmentVersion | undefined, now: Temporal.Instant): string {
  if (latest === undefined) return 'Nothing written yet';
  const at = when(latest.savedAt, now);
  return latest.status === 'signed'
    ? `Version ${latest.version}, signed ${at}`
    : `Draft of version ${latest.version}, saved to the record ${at} by ${latest.by.name}`;
}
