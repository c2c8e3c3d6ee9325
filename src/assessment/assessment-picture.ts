import {
  ageAndSource,
  ageOf,
  findPerson,
  needKinds,
  needLabel,
  oncePerPicture,
  shortName,
  type KeyLine,
  type NeedLine,
  type NeedsPanel,
  type PictureScope,
  type PictureSource,
  type RiskPanel,
} from '../people/index.ts';
import { dateLong, when } from '../platform/views/dates.ts';
import { assessmentVersions } from './assessment-store.ts';
import { needLimit, servicesWords, wantsHelpWords, wordOf } from './need.ts';
import type { Need, PointOfContact } from './need.ts';
import { needHistory, newestOfEach } from './need-store.ts';
import { assessedLine, neededLine, type RiskKey } from './risk-lines.ts';
import { planIsOld, planReviewDue } from './safety-plan-age.ts';
import { newestPlan } from './safety-plan.ts';
import { safetyPlanVersions } from './safety-plan-store.ts';

const lanes: Readonly<Record<PointOfContact, 'custody' | 'court' | 'community'>> = {
  custody: 'custody',
  court: 'court',
  community: 'community',
  prison: 'community',
  phone: 'community',
  elsewhere: 'community',
};

const nameOf = oncePerPicture(async ({ tx, viewer, personId }) => {
  const person = await findPerson(tx, viewer, personId);
  return person === null ? 'them' : shortName(person);
});
const answers = oncePerPicture(({ tx, viewer, personId }) => needHistory(tx, viewer, personId));
const needs = async (scope: PictureScope) => newestOfEach(await answers(scope));
const plans = oncePerPicture(({ tx, viewer, personId }) => safetyPlanVersions(tx, viewer, personId));
const assessments = oncePerPicture(({ tx, viewer, personId }) => assessmentVersions(tx, viewer, personId));

/** The needs panel, the risks panel, and what assessment adds to "what matters now" and the timeline. */
export function assessmentPicture(): PictureSource {
  return {
    module: 'assessment',
    async needs(scope): Promise<NeedsPanel> {
      return needsPanel(await needs(scope), scope.personId, await nameOf(scope), scope.now);
    },
    async risks(scope): Promise<RiskPanel> {
      const { personId, now } = scope;
      const plan = newestPlan(await plans(scope));
      const versions = await assessments(scope);
      const history = await answers(scope);
      const current = newestOfEach(history);
      const selfHarm = current.find(({ kind }) => kind === 'self-harm');
      const name = await nameOf(scope);
      const lines: KeyLine[] = [];
      const fromPlan = (label: string, text: string): KeyLine =>
        plan === undefined || text === ''
          ? { label, text: 'Not asked yet', status: { shape: 'none', text: 'Not asked yet' } }
          : { label, text, source: { text: `Safety plan · ${dateLong(plan.writtenAt)}` } };
      const fromAssessment = (label: string, key: RiskKey): KeyLine =>
        assessedLine(label, versions, key, now) ??
        neededLine(label, key, history, selfHarm, name, now) ?? {
          label,
          text: 'Not asked yet',
          status: { shape: 'none', text: 'Not asked yet' },
        };
      if (selfHarm !== undefined) lines.push(selfHarmLine(selfHarm, name, now));
      lines.push(
        fromPlan('More likely when', plan?.text.warningSigns ?? ''),
        fromPlan('What helps', plan?.text.whatHelps ?? ''),
        fromAssessment('Has done before', 'doneBefore'),
        fromAssessment('To others', 'toOthers'),
        fromAssessment('From others', 'fromOthers'),
      );
      const old = plan !== undefined && planIsOld(plan.writtenAt, now);
      return {
        note: old
          ? {
              strong: `Safety plan is ${ageOf(plan.writtenAt, now) ?? ''} old.`,
              text: `Written ${dateLong(plan.writtenAt)}. Go through it with ${name} today.`,
            }
          : null,
        lines,
        act: {
          href: `/people/${personId}/safety-plan`,
          text: plan === undefined ? 'Write a plan' : 'Open plan',
        },
      };
    },
    async mattersNow(scope) {
      const { personId, now } = scope;
      const plan = newestPlan(await plans(scope));
      const selfHarm = (await needs(scope)).some(
        ({ kind, answer }) => kind === 'self-harm' && answer === 'found',
      );
      const act = { href: `/people/${personId}/safety-plan`, text: 'Safety plan' };
      if (plan === undefined)
        return selfHarm
          ? [
              {
                when: 'Now',
                by: now.epochMilliseconds,
                urgency: 'soon',
                what: 'Write a safety plan together',
                source: { text: 'Self-harm and suicidal thoughts are a need, and there is no plan' },
                act,
              },
            ]
          : [];
      if (!planIsOld(plan.writtenAt, now)) return [];
      return [
        {
          when: 'Today',
          by: planReviewDue(plan.writtenAt)?.epochMilliseconds ?? now.epochMilliseconds,
          urgency: 'soon',
          what: 'Go through the safety plan again',
          source: {
            text: `${ageOf(plan.writtenAt, now) ?? ''}, written ${dateLong(plan.writtenAt)}`,
            old: true,
          },
          act: { ...act, text: 'Open safety plan' },
          topic: 'safety',
        },
      ];
    },
    async timeline(scope) {
      const { personId } = scope;
      const versions = await assessments(scope);
      const written = await plans(scope);
      const history = await answers(scope);
      // A signature says where it was made by the needs recorded nearest before it; without one, the community.
      const laneAt = (at: Temporal.Instant): 'custody' | 'court' | 'community' => {
        const near = history.find(({ recordedAt }) => Temporal.Instant.compare(recordedAt, at) <= 0);
        return near === undefined ? 'community' : lanes[near.saidBy.pointOfContact];
      };
      return [
        ...versions
          .filter(({ status }) => status === 'signed')
          .map((version) => ({
            id: `assessment-${version.id}`,
            lane: laneAt(version.savedAt),
            shape: 'note' as const,
            from: version.savedAt,
            to: null,
            ongoing: false,
            title: version.version === 1 ? 'Assessed' : `Assessment, version ${version.version}`,
            detail: version.reason ?? '',
            source: `Signed by ${version.by.name}`,
            href: `/people/${personId}/assessment/versions/${version.id}`,
            tone: 'done' as const,
          })),
        ...written
          .filter(({ status }) => status === 'current')
          .map((plan) => ({
            id: `safety-plan-${plan.id}`,
            lane: laneAt(plan.writtenAt),
            shape: 'note' as const,
            from: plan.writtenAt,
            to: null,
            ongoing: false,
            title: plan.version === 1 ? 'Safety plan written' : 'Safety plan gone through',
            detail: '',
            source: `Written by ${plan.by}`,
            href: `/people/${personId}/safety-plan/versions/${plan.id}`,
            tone: 'plain' as const,
          })),
      ];
    },
  };
}

/** The four answers as the panel shows them: found in the vocabulary's order; nobody's silence is a no. */
function needsPanel(
  needs: readonly Need[],
  personId: string,
  name: string,
  now: Temporal.Instant,
): NeedsPanel {
  const of = (answer: Need['answer']): readonly Need[] =>
    needKinds.flatMap(({ key }) => needs.filter((need) => need.kind === key && need.answer === answer));
  const known = new Set(needs.map(({ kind }) => kind));
  return {
    found: of('found').map((need) => needLine(need, personId, name, now)),
    notAsked: needKinds.filter(({ key }) => !known.has(key)).map(({ label }) => label),
    declined: [...of('declined'), ...of('unknown')].map(({ kind, answer, saidBy }) => ({
      label: answer === 'unknown' ? `${needLabel(kind)} (does not know)` : needLabel(kind),
      at: when(saidBy.at, now),
    })),
    noNeed: of('no-need').map(({ kind }) => needLabel(kind)),
  };
}

function sourceOf(need: Need, name: string, now: Temporal.Instant) {
  return ageAndSource({
    basis: need.basis,
    by: need.saidBy.saidBy,
    at: need.saidBy.at,
    now,
    limit: needLimit(need.kind),
    checkWith: name,
  });
}

function needLine(need: Need, personId: string, name: string, now: Temporal.Instant): NeedLine {
  const source = sourceOf(need, name, now);
  const age = source.check ?? [source.when, source.age].filter((part) => part !== null).join(', ');
  const next =
    need.kind === 'self-harm'
      ? { href: `/people/${personId}/safety-plan`, text: 'Safety plan' }
      : source.old
        ? { href: `/people/${personId}/needs#answer-${need.kind}`, text: 'Ask again' }
        : need.wantsHelp === 'not-asked'
          ? { href: `/people/${personId}/needs#answer-${need.kind}`, text: 'Ask about help' }
          : null;
  return {
    kind: need.kind,
    label: needLabel(need.kind),
    detail: [need.detail, need.severity].filter((part) => part !== null && part !== '').join(', ') || null,
    known: source.source,
    source: source.old ? { text: age, old: true } : { text: age },
    services: wordOf(servicesWords, need.services),
    wantsHelp: wordOf(wantsHelpWords, need.wantsHelp),
    next,
  };
}

function selfHarmLine(need: Need, name: string, now: Temporal.Instant): KeyLine {
  const source = sourceOf(need, name, now);
  const line = source.old
    ? { text: [source.source, source.check].filter((part) => part !== null).join(' · '), old: true }
    : { text: source.line };
  const label = 'Suicidal thoughts, self-harm';
  switch (need.answer) {
    case 'found':
      return { label, text: need.detail ?? 'Found, no words recorded', source: line };
    case 'no-need':
      return { label, text: 'Asked, none told', source: line };
    case 'declined':
      return {
        label,
        text: 'Declined to say',
        status: { shape: 'stop', text: 'Declined to say' },
        source: line,
      };
    case 'unknown':
      return { label, text: 'Does not know', status: { shape: 'wait', text: 'Does not know' }, source: line };
  }
}
