import type { SignedInViewer } from '../access/index.ts';
import {
  assessmentKeys,
  recordNeeds,
  saveAssessment,
  type AssessmentKey,
  type AssessmentText,
  type NeedEntry,
} from '../assessment/index.ts';
import {
  recordDecision,
  type ConsentExtent,
  type ConsentSubject,
  type DecisionInput,
} from '../consent/index.ts';
import { offerContact, type OfferContactInput } from '../custody/index.ts';
import {
  createHandover,
  followUpsOf,
  recordContact,
  type NewContact,
  type NewHandover,
} from '../navigation/index.ts';
import {
  ensureEpisode,
  findPerson,
  recordCommunicationNeed,
  recordContactPoint,
  recordHowToAddress,
  type NeedKind,
} from '../people/index.ts';
import { recordScreening, type RecordScreeningInput } from '../screening/index.ts';
import { londonDate } from '../platform/clock.ts';
import { told, type Stage } from './stage.ts';

// What workers do in the stories, each through the use case of its page and at the time of the story.

/** Contact was offered, and what came of it. */
export async function offer(
  stage: Stage,
  who: SignedInViewer,
  personId: string,
  came:
    | 'agreed'
    | { readonly declined: string | null; readonly again: Temporal.Instant | null }
    | {
        readonly notSeen: Extract<OfferContactInput, { outcome: 'not-seen' }>['reason'];
        readonly note: string | null;
        readonly again: Temporal.Instant | null;
      },
): Promise<void> {
  const input: OfferContactInput =
    came === 'agreed'
      ? { outcome: 'accepted', tryAgainAt: null, words: null, note: null }
      : 'declined' in came
        ? { outcome: 'declined', words: came.declined, note: null, tryAgainAt: came.again }
        : { outcome: 'not-seen', reason: came.notSeen, words: null, note: came.note, tryAgainAt: came.again };
  told(
    await offerContact(stage.modules.custody, who, stage.request(), personId, input),
    'an offer of contact',
  );
}

/** "given", "refused", or given to an extent. */
export type Said = 'given' | 'refused' | ConsentExtent | 'text-only';

/** What somebody decided, in one conversation. */
export async function decide(
  stage: Stage,
  who: SignedInViewer,
  personId: string,
  decided: readonly (readonly [ConsentSubject, Said])[],
  more: Partial<DecisionInput> = {},
): Promise<void> {
  const outcome = await recordDecision(
    stage.modules.consent,
    who,
    {
      personId,
      decided: decided.map(([subject, said]) => ({
        subject,
        decision: said === 'refused' ? 'refused' : 'given',
        extent:
          said === 'refused' || subject.kind !== 'share'
            ? null
            : said === 'given' || said === 'text-only'
              ? 'all-relevant'
              : said,
        ...(subject.kind === 'contact-after-release' && said !== 'refused'
          ? { contactHow: said === 'text-only' ? ('text' as const) : ('ring-or-text' as const) }
          : {}),
      })),
      holder: 'person',
      holderName: null,
      competence: 'not-asked',
      competenceShownBy: null,
      how: 'spoken',
      present: [],
      language: 'English',
      format: 'ordinary',
      partnerRecords: false,
      ...more,
    },
    stage.request(),
  );
  told(outcome, 'what somebody decided');
}

/** Common subjects, by what the stories call them. */
export const about = {
  seen: { kind: 'being-seen' },
  police: { kind: 'share', recipient: 'police' },
  court: { kind: 'share', recipient: 'court' },
  probation: { kind: 'share', recipient: 'probation' },
  youthJustice: { kind: 'share', recipient: 'youth-justice' },
  gp: { kind: 'share', recipient: 'gp' },
  gpRecord: { kind: 'look-up', source: 'gp' },
  contact: { kind: 'contact-after-release' },
  evaluation: { kind: 'evaluation' },
} as const satisfies Readonly<Record<string, ConsentSubject>>;

/** Answers to the questions of one instrument, "1" onwards, in points; a word stands for itself. */
export async function screen(
  stage: Stage,
  who: SignedInViewer,
  personId: string,
  instrument: string,
  answers: readonly (number | 'declined' | 'unknown')[],
  more: Pick<RecordScreeningInput, 'conditions'> &
    Partial<Pick<RecordScreeningInput, 'setting' | 'finish'>> = {},
): Promise<string> {
  const saved = await stage.run(who, (tx) =>
    recordScreening(stage.modules.screening, tx, who, {
      personId,
      instrument,
      answers: Object.fromEntries(answers.map((answer, index) => [String(index + 1), answer])),
      setting: 'custody-room',
      finish: true,
      ...more,
    }),
  );
  return told(saved, `${instrument} of somebody`).screening.id;
}

/** A need as the stories write it: kind, how we know, and the words. */
export type ToldNeed = Omit<NeedEntry, 'answer' | 'pointOfContact' | 'kind'> & {
  readonly kind: NeedKind;
  readonly answer?: NeedEntry['answer'];
  readonly pointOfContact?: NeedEntry['pointOfContact'];
};

export async function needs(
  stage: Stage,
  who: SignedInViewer,
  personId: string,
  entries: readonly ToldNeed[],
): Promise<void> {
  const place =
    who.role === 'navigator' ? 'community' : who.role === 'court-practitioner' ? 'court' : 'custody';
  const written = await stage.run(who, (tx) =>
    recordNeeds(stage.modules.assessment, tx, who, {
      personId,
      entries: entries.map((entry) => ({ answer: 'found', pointOfContact: place, ...entry })),
    }),
  );
  told(written, 'needs');
}

/** An assessment under the headings that were written. */
export async function assess(
  stage: Stage,
  who: SignedInViewer,
  personId: string,
  text: Partial<Record<AssessmentKey, string>>,
  sign: boolean,
): Promise<void> {
  const whole = Object.fromEntries(assessmentKeys.map((key) => [key, text[key] ?? ''])) as AssessmentText;
  const saved = await stage.run(who, (tx) =>
    saveAssessment(stage.modules.assessment, tx, who, { personId, text: whole, openedRevision: 0, sign }),
  );
  told(saved, 'an assessment');
}

/** How to talk with somebody. */
export type Talking = Parameters<typeof recordCommunicationNeed>[1];

type Safe = Parameters<typeof recordContactPoint>[1]['safeToRing'];

/** A way to reach somebody; what was not asked stays so. */
export interface WayToReach {
  readonly kind: Parameters<typeof recordContactPoint>[1]['kind'];
  readonly value: string;
  readonly ring?: Safe;
  readonly text?: Safe;
  readonly leaveMessage?: Safe;
  readonly note?: string;
}

/** How to talk with somebody and how to reach them, written down in one conversation. */
export async function reach(
  stage: Stage,
  who: SignedInViewer,
  personId: string,
  talking: readonly Talking[],
  points: readonly WayToReach[] = [],
): Promise<void> {
  const now = stage.modules.clock.now();
  await stage.run(who, async (tx) => {
    const scope = { people: stage.modules.people, tx, viewer: who, personId, now, reference: null };
    for (const one of talking) told(await recordCommunicationNeed(scope, one), 'how to talk with somebody');
    for (const point of points)
      told(
        await recordContactPoint(scope, {
          kind: point.kind,
          value: point.value,
          safeToRing: point.ring ?? 'not-asked',
          safeToText: point.text ?? 'not-asked',
          safeToLeaveMessage: point.leaveMessage ?? 'not-asked',
          note: point.note ?? null,
        }),
        'how to reach somebody',
      );
  });
}

/** What somebody told a worker to call them. What they like to be called stays as it was. */
export async function saidPronoun(
  stage: Stage,
  who: SignedInViewer,
  personId: string,
  pronoun: 'she' | 'he' | 'they',
): Promise<void> {
  await stage.run(who, async (tx) => {
    const person = await findPerson(tx, who, personId);
    if (person === null) throw new Error('Somebody of the stories is not there');
    const now = stage.modules.clock.now();
    const scope = { people: stage.modules.people, tx, viewer: who, personId, now, reference: null };
    const { version, preferredName } = person;
    told(await recordHowToAddress(scope, { version, preferredName, pronoun }), 'what to call somebody');
  });
}

/** Somebody is handed over by hand, in the open episode of their stay. */
export async function handOver(
  stage: Stage,
  who: SignedInViewer,
  handover: Omit<NewHandover, 'episodeId'>,
  at: Temporal.Instant,
): Promise<void> {
  await stage.run(who, async (tx) => {
    const opening = { firstContactPoint: 'custody', identifiedBy: 'custody-feed' } as const;
    const episode = await ensureEpisode(tx, who, handover.personId, opening, at);
    told(await createHandover(tx, who, { ...handover, episodeId: episode.id }, at), 'a handover');
  });
}

/** A call was made: the first one that was due by then is finished when somebody was reached. */
export async function ring(
  stage: Stage,
  who: SignedInViewer,
  personId: string,
  call: {
    readonly at: Temporal.Instant;
    readonly result: NewContact['result'];
    readonly note: string | null;
  },
): Promise<void> {
  stage.modules.clock.set(call.at);
  await stage.run(who, async (tx) => {
    const due = (await followUpsOf(tx, who, personId)).find(
      (each) =>
        each.doneAt === null &&
        each.closedWhy === null &&
        Temporal.PlainDate.compare(each.dueOn, londonDate(call.at)) <= 0,
    );
    const contact = { personId, how: 'call', ...call, followUpId: due?.id ?? null } as const;
    told(await recordContact(stage.modules.navigation, tx, who, contact, call.at), 'a call');
  });
}
