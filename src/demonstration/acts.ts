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
import { recordCommunicationNeed, recordContactPoint, type NeedKind } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { recordScreening, type RecordScreeningInput } from '../screening/index.ts';
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

/** How to talk with somebody and how to reach them. */
export async function reach(
  stage: Stage,
  who: SignedInViewer,
  personId: string,
  communication: readonly NewCommunicationNeed[],
  points: readonly NewContactPoint[] = [],
): Promise<void> {
  const scopeOf = (tx: Tx) => ({
    people: stage.modules.people,
    tx,
    viewer: who,
    personId,
    now: stage.modules.clock.now(),
    reference: null,
  });
  for (const need of communication)
    told(
      await stage.run(who, (tx) => recordCommunicationNeed(scopeOf(tx), need)),
      'how to talk with somebody',
    );
  for (const point of points) {
    const { ring, text, leaveMessage, note, ...where } = point;
    const safe = {
      safeToRing: ring ?? 'not-asked',
      safeToText: text ?? 'not-asked',
      safeToLeaveMessage: leaveMessage ?? 'not-asked',
      note: note ?? null,
    } as const;
    told(
      await stage.run(who, (tx) => recordContactPoint(scopeOf(tx), { ...where, ...safe })),
      'how to reach somebody',
    );
  }
}

/** How to talk with somebody, as a story says it. */
type NewCommunicationNeed = Parameters<typeof recordCommunicationNeed>[1];

/** A way to reach somebody, as a story says it: what was not said was not asked. */
export interface NewContactPoint {
  readonly kind: 'phone' | 'email' | 'through-somebody' | 'place';
  readonly value: string;
  readonly ring?: 'yes' | 'no' | 'not-asked' | 'declined' | 'unknown';
  readonly text?: 'yes' | 'no' | 'not-asked' | 'declined' | 'unknown';
  readonly leaveMessage?: 'yes' | 'no' | 'not-asked' | 'declined' | 'unknown';
  /** The person's own words of caution: "He may hold her phone". */
  readonly note?: string;
}
