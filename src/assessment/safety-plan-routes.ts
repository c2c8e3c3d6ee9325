import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { databaseContext, viewerOf } from '../access/index.ts';
import { answerField } from '../platform/forms/answer-field.ts';
import { readDraft } from '../platform/forms/drafts.ts';
import { oneText, refusalErrors, typedBody } from '../platform/forms/form.ts';
import type { formErrors, Typed } from '../platform/forms/form.ts';
import { keyedAct } from '../platform/forms/keyed-act.ts';
import { done, refused } from '../platform/result.ts';
import { clockSeconds, dateLong, when } from '../platform/views/dates.ts';
import { ageOf, personPage, shortName } from '../people/index.ts';
import type { AssessmentRouteParts } from './assessment-routes.ts';
import { openAsides } from './assessment.ts';
import { bothTextsModel, chosenText } from './both-texts.ts';
import { newestPlan, safetyPlanKeys, safetyPlanParts, writtenWithWords } from './safety-plan.ts';
import type { CopyGiven, SafetyPlanVersion, WrittenWith } from './safety-plan.ts';
import { planIsOld } from './safety-plan-age.ts';
import { safetyPlanVersions } from './safety-plan-store.ts';
import { SAFETY_PLAN_DRAFT, saveSafetyPlan } from './save-safety-plan.ts';

const params = z.object({ personId: z.uuid() });
const planParams = params.extend({ planId: z.uuid() });
const permission = 'assessment.record';
const copyAnswer = answerField(z.enum(['yes', 'no']));

/** The safety plan: written with the person, in versions, printable for them. Never a score. */
export function registerSafetyPlanPages(
  server: FastifyInstance,
  parts: Pick<AssessmentRouteParts, 'database' | 'clock' | 'people'>,
): void {
  async function page(
    request: FastifyRequest,
    reply: FastifyReply,
    again: { readonly typed: Typed; readonly errors: ReturnType<typeof formErrors> } | null,
  ): Promise<FastifyReply> {
    const { personId } = params.parse(request.params);
    return personPage(parts, request, reply, {
      personId,
      tab: 'safety-plan',
      template: 'safety-plan.njk',
      what: 'safety plan',
      status: again === null ? 200 : 422,
      load: async ({ tx, viewer, person, now }) => {
        const versions = await safetyPlanVersions(tx, viewer, person.id);
        const plan = newestPlan(versions);
        const draft = await readDraft(tx, {
          ownerId: viewer.workerId,
          form: SAFETY_PLAN_DRAFT,
          subject: person.id,
        });
        const typed = again?.typed ?? draft?.content;
        return {
          headings: safetyPlanParts.map((part) => ({
            ...part,
            text: typed === undefined ? (plan?.text[part.key] ?? '') : oneText(typed, part.key),
          })),
          writtenWithWords,
          writtenWith: typed === undefined ? '' : oneText(typed, 'writtenWith'),
          copyQuestion: {
            name: 'copyGiven',
            text: `Has ${shortName(person)} been given a copy?`,
            choices: [
              { code: 'yes', text: 'Yes' },
              { code: 'no', text: 'No' },
            ],
            chosen: typed === undefined ? 'not-asked' : oneText(typed, 'copyGiven') || 'not-asked',
          },
          opened: typed === undefined ? (plan?.version ?? 0) : Number(oneText(typed, 'opened')) || 0,
          plan: plan === undefined ? null : planModel(plan, now),
          old: plan !== undefined && planIsOld(plan.writtenAt, now),
          age: plan === undefined ? '' : (ageOf(plan.writtenAt, now) ?? ''),
          draft: true,
          draftVersion: draft?.version ?? 0,
          savedAt: draft === undefined ? undefined : clockSeconds(draft.savedAt),
          unsaved: draft !== undefined && again === null,
          history: versions
            .filter(({ status }) => status === 'current')
            .map((one) => ({
              href: `/people/${person.id}/safety-plan/versions/${one.id}`,
              text: `Version ${one.version}`,
              source: planModel(one, now).source,
            })),
          asides: openAsides(versions).map((one) => ({
            href: `/people/${person.id}/safety-plan/both/${one.id}`,
            text: `Text of ${one.by}, kept ${when(one.writtenAt, now)}`,
          })),
          ...again?.errors,
        };
      },
    });
  }

  server.get(
    '/people/:personId/safety-plan',
    { config: { permission }, schema: { params } },
    (request, reply) => page(request, reply, null),
  );

  server.post(
    '/people/:personId/safety-plan',
    { config: { permission }, schema: { params } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { personId } = params.parse(request.params);
      const typed = typedBody(request.body);
      const base = `/people/${personId}/safety-plan`;
      const form = { body: request.body, route: 'safety-plan' };
      const outcome = await keyedAct(parts.database, databaseContext(viewer), form, async (tx) => {
        const opened = await parts.people.open(tx, viewer, personId);
        if (opened === null) return refused('not-found', 'There is no such record.');
        const versions = await safetyPlanVersions(tx, viewer, opened.person.id);
        const aside = openAsides(versions).find(({ id }) => id === oneText(typed, 'aside'));
        const theirs = newestPlan(versions);
        const sides =
          aside === undefined || theirs === undefined ? null : { theirs: theirs.text, mine: aside.text };
        const saved = await saveSafetyPlan(parts, tx, viewer, {
          personId: opened.person.id,
          text: chosenText(safetyPlanKeys, typed, sides),
          openedVersion: Number(oneText(typed, 'opened')) || 0,
          writtenWith: writtenWithOf(oneText(typed, 'writtenWith')),
          copyGiven: copyGivenOf(typed, parts.clock.now()),
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
        case 'nothing-written':
          return page(request, reply, { typed, errors: refusalErrors(outcome.refusal, typed) });
        case 'key-used':
          break;
      }
      return reply.refusal(outcome.refusal);
    },
  );

  server.get(
    '/people/:personId/safety-plan/versions/:planId',
    { config: { permission }, schema: { params: planParams } },
    (request, reply) => {
      const { personId, planId } = planParams.parse(request.params);
      return personPage(parts, request, reply, {
        personId,
        tab: 'safety-plan',
        template: 'safety-plan-copy.njk',
        what: 'safety plan, to print',
        load: async ({ tx, viewer, person, now }) => {
          const versions = await safetyPlanVersions(tx, viewer, person.id);
          const plan = versions.find(({ id, status }) => id === planId && status === 'current');
          if (plan === undefined) return null;
          return {
            headings: safetyPlanParts.map((part) => ({ ...part, text: plan.text[part.key] })),
            plan: planModel(plan, now),
            isNewest: newestPlan(versions)?.id === plan.id,
            backHref: `/people/${person.id}/safety-plan`,
          };
        },
      });
    },
  );

  server.get(
    '/people/:personId/safety-plan/both/:planId',
    { config: { permission }, schema: { params: planParams } },
    (request, reply) => {
      const { personId, planId } = planParams.parse(request.params);
      return personPage(parts, request, reply, {
        personId,
        tab: 'safety-plan',
        template: 'both-texts.njk',
        what: 'safety plan, both texts',
        load: async ({ tx, viewer, person, now }) => {
          const versions = await safetyPlanVersions(tx, viewer, person.id);
          const aside = versions.find(({ id, status }) => id === planId && status === 'aside');
          const plan = newestPlan(versions);
          if (aside === undefined || plan === undefined) return null;
          return {
            ...bothTextsModel({
              headings: safetyPlanParts,
              start: versions.find(
                ({ status, version }) => status === 'current' && version === aside.openedVersion,
              )?.text,
              theirs: { by: plan.by, at: plan.writtenAt, text: plan.text },
              mine: {
                by: aside.by,
                at: aside.writtenAt,
                text: aside.text,
              },
              now,
            }),
            heading: 'Two people wrote in this safety plan',
            action: `/people/${person.id}/safety-plan`,
            opened: plan.version,
            asideId: aside.id,
            hidden: { writtenWith: aside.writtenWith, copyGiven: codeOfCopy(aside.copyGiven) },
          };
        },
      });
    },
  );
}

function writtenWithOf(text: string): WrittenWith {
  return writtenWithWords.find(({ value }) => value === text)?.value ?? 'not-recorded';
}

function copyGivenOf(typed: Typed, now: Temporal.Instant): CopyGiven {
  const read = copyAnswer(typed, 'copyGiven', { now });
  if (!read.ok) return 'not-asked';
  return read.value.kind === 'value' ? read.value.value : read.value.kind;
}

function codeOfCopy(copy: CopyGiven): string {
  return copy === 'yes' || copy === 'no' ? `value:${copy}` : copy;
}

const copyWords: Readonly<Record<CopyGiven, string>> = {
  yes: 'Copy given',
  no: 'No copy given yet',
  'not-asked': 'Copy not offered yet',
  declined: 'Copy declined',
  unknown: 'Not known whether a copy was given',
};

function planModel(
  plan: SafetyPlanVersion,
  now: Temporal.Instant,
): { readonly source: string; readonly date: string; readonly copy: string; readonly id: string } {
  const how =
    writtenWithWords.find(({ value }) => value === plan.writtenWith)?.text ??
    'How it was written is not recorded';
  const age = ageOf(plan.writtenAt, now);
  return {
    id: plan.id,
    source: `${how}. ${plan.by}, ${when(plan.writtenAt, now)}${age === null ? '' : `, ${age} ago`}. ${copyWords[plan.copyGiven]}.`,
    date: dateLong(plan.writtenAt),
    copy: copyWords[plan.copyGiven],
  };
}
