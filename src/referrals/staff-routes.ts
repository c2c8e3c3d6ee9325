import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { auditActor, databaseContext, viewerOf } from '../access/index.ts';
import { needsOf } from '../assessment/index.ts';
import { recordAudit } from '../audit/index.ts';
import { consentFor, sixteenOrOver } from '../consent/index.ts';
import { displayName, findPeople, needLabel, personPage } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { oneText, typedBody, type Typed } from '../platform/forms/form.ts';
import { when } from '../platform/views/dates.ts';
import { isAnswerKind, readAnswer } from './answer-form.ts';
import { composeLetter } from './compose-letter.ts';
import { followUpReferral, type FollowUp } from './follow-up-referral.ts';
import type { ReferralParts } from './parts.ts';
import { linkOf } from './referral-link.ts';
import { serviceSubject } from './record-service-consent.ts';
import { draftModel, referralModel } from './referral-page.ts';
import { hasEnded, isOverdue } from './referral.ts';
import { dueWords, statusOf, waitingOnWords } from './referral-status.ts';
import {
  LISTED_AT_MOST,
  messagesOf,
  openReferrals,
  referralById,
  referralRules,
  referralsOfPerson,
  type Referral,
} from './referral-store.ts';
import { withdrawReasons } from './referral-words.ts';

const personSchema = z.object({ personId: z.uuid() });
const referralSchema = z.object({ personId: z.uuid(), referralId: z.uuid() });

/** Following referrals up: one person's, one referral, mine and my team's. */
export function registerStaffPages(server: FastifyInstance, parts: ReferralParts): void {
  server.get('/people/:personId/referrals', { config: { permission: 'referral.view' } }, (request, reply) => {
    const params = personSchema.safeParse(request.params);
    if (!params.success) return reply.missing();
    return personPage(parts, request, reply, {
      personId: params.data.personId,
      tab: 'referrals',
      template: 'person-referrals.njk',
      what: 'referrals',
      load: async ({ tx, viewer, person, now }) => {
        const rules = await referralRules(tx, londonDate(now));
        const all = await referralsOfPerson(tx, viewer, person.id, rules);
        return {
          open: all.filter((one) => !hasEnded(one.standing.state)).map((one) => row(one, null, now)),
          ended: all.filter((one) => hasEnded(one.standing.state)).map((one) => row(one, null, now)),
          referHref: `/people/${person.id}/refer`,
        };
      },
    });
  });

  server.get(
    '/people/:personId/referrals/:referralId',
    { config: { permission: 'referral.view' } },
    async (request, reply) => {
      const params = referralSchema.safeParse(request.params);
      if (!params.success) return reply.missing();
      const changed = oneText(typedBody(request.query), 'changed') === 'yes';
      return personPage(parts, request, reply, {
        personId: params.data.personId,
        tab: 'referrals',
        template: 'referral.njk',
        what: 'referral',
        load: async ({ tx, viewer, person, now }) => {
          const rules = await referralRules(tx, londonDate(now));
          const referral = await referralById(tx, viewer, params.data.referralId, rules);
          if (referral === null || referral.personId !== person.id) return null;
          if (referral.standing.state !== 'draft')
            return referralModel(parts, referral, {
              messages: await messagesOf(tx, viewer, referral.id),
              link: await linkOf(tx, viewer, referral.id),
              now,
            });
          const letter = await composeLetter(tx, viewer, person, { ...referral, referrer: viewer.name }, now);
          return draftModel(referral, {
            person,
            letter,
            changed,
            needs: await needsOf(tx, viewer, person.id),
            consent: await consentFor(tx, viewer, person.id, serviceSubject(referral), now),
            inline: sixteenOrOver(person.birthDate, now),
          });
        },
      });
    },
  );

  server.post(
    '/people/:personId/referrals/:referralId/steps',
    { config: { permission: 'referral.write' } },
    async (request, reply) => {
      const params = referralSchema.safeParse(request.params);
      if (!params.success) return reply.missing();
      const step = readStep(typedBody(request.body), request.body, parts.clock.now());
      if (typeof step === 'string') return reply.refusal({ code: 'form', message: step }, 422);
      const outcome = await followUpReferral(parts, viewerOf(request), {
        ...params.data,
        step,
        reference: request.reference,
      });
      if (outcome.ok)
        return reply.redirect(`/people/${params.data.personId}/referrals/${params.data.referralId}`, 303);
      return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
    },
  );

  server.get('/referrals', { config: { permission: 'referral.view' } }, async (request, reply) => {
    const viewer = viewerOf(request);
    const now = parts.clock.now();
    const whose =
      oneText(typedBody(request.query), 'whose') === 'team' && viewer.teamId !== null ? 'team' : 'mine';
    const listed = await parts.database.transaction(databaseContext(viewer), async (tx) => {
      const rules = await referralRules(tx, londonDate(now));
      const open = await openReferrals(
        tx,
        viewer,
        whose === 'team' && viewer.teamId !== null ? { team: viewer.teamId } : { owner: viewer.workerId },
        rules,
      );
      const ids = [...new Set(open.map((one) => one.personId))];
      const people = await findPeople(tx, viewer, ids);
      const mayOpen = await parts.people.mayOpenThese(tx, viewer, people);
      await recordAudit(tx, now, auditActor(viewer, request.reference), {
        action: 'viewed',
        subjectKind: 'referrals list',
        detail: { whose, count: open.length },
      });
      return open.flatMap((one) => {
        const person = people.get(one.personId);
        return person !== undefined && mayOpen.has(one.personId) ? [{ one, name: displayName(person) }] : [];
      });
    });
    const rows = listed
      .sort((a, b) => dueOf(a.one) - dueOf(b.one))
      .map(({ one, name }) => row(one, name, now));
    return reply.page('referrals.njk', {
      whose,
      rows,
      late: rows.filter((each) => each.late),
      rest: rows.filter((each) => !each.late),
      more: listed.length >= LISTED_AT_MOST ? LISTED_AT_MOST : 0,
      filters: [
        { href: '/referrals', text: 'Mine', current: whose === 'mine' },
        ...(viewer.teamId === null
          ? []
          : [
              {
                href: '/referrals?whose=team',
                text: viewer.teamName ?? 'My team',
                current: whose === 'team',
              },
            ]),
      ],
      liveTopics: [`worker:${viewer.workerId}`, ...(viewer.teamId === null ? [] : [`team:${viewer.teamId}`])],
    });
  });
}

function dueOf(referral: Referral): number {
  return referral.standing.due?.epochMilliseconds ?? Infinity;
}

function row(referral: Referral, name: string | null, now: Temporal.Instant) {
  const { standing } = referral;
  const [first, ...others] = referral.needs.map(needLabel);
  return {
    href: `/people/${referral.personId}/referrals/${referral.id}`,
    name,
    service: referral.serviceName,
    needs: [first, ...others.map((each) => each.toLowerCase())].join(', '),
    status: statusOf(referral, now),
    waitingOn: waitingOnWords(standing),
    nextStep: standing.nextStep,
    due: dueWords(standing, now),
    late: isOverdue(standing, now),
    owner: referral.ownerName,
    at: when(referral.sentAt ?? referral.createdAt, now),
  };
}

/** Reads one step's form, or says what is wrong with it. */
function readStep(typed: Typed, body: unknown, now: Temporal.Instant): FollowUp | string {
  const kind = oneText(typed, 'step');
  const note = oneText(typed, 'note').slice(0, 1000) || null;
  switch (kind) {
    case 'chase':
    case 'agree-appointment':
    case 'still-going':
      return { kind };
    case 'complete':
    case 'lost':
    case 'move-on':
      return { kind, note };
    case 'answer-question': {
      const text = oneText(typed, 'body');
      return text === '' ? 'Write the answer first.' : { kind, body: text.slice(0, 4000) };
    }
    case 'withdraw': {
      const reason = withdrawReasons.find((each) => each.code === oneText(typed, 'reason'));
      return reason === undefined ? 'Choose why it is withdrawn.' : { kind, reason: reason.code };
    }
    case 'service-said': {
      const answer = oneText(typed, 'answer');
      if (!isAnswerKind(answer)) return 'Choose what the service said.';
      const read = readAnswer(answer, body, now);
      return read.ok ? { kind, answer: read.answer } : (read.errors[0]?.message ?? 'Check the answer.');
    }
    default:
      return 'Choose what happened.';
  }
}
