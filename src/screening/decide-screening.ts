import { auditActor, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused } from '../platform/result.ts';
import type { Outcome } from '../platform/result.ts';
import type { NeedKind, People } from '../people/index.ts';
import type { InstrumentLibrary } from './instrument-library.ts';
import { scoreRecorded } from './save-screening.ts';
import { decisionsOn, insertDecision, lockPerson, screeningById } from './screening-store.ts';
import type { Screening } from './screening-store.ts';
import { suggestNeeds } from './suggest-needs.ts';
import type { NeedSuggestion } from './suggest-needs.ts';

/** A need that a person confirmed from a screening: what assessment writes down (connected in app.ts). */
export interface ConfirmedNeed {
  readonly personId: string;
  readonly kind: NeedKind;
  /** "PHQ-9 13 of 27: moderate". */
  readonly because: string;
  readonly screeningId: string;
  /** Who confirmed it. */
  readonly saidBy: string;
}

export interface DecideScreeningParts {
  readonly clock: Clock;
  readonly people: People;
  readonly library: InstrumentLibrary;
  /** Writes the confirmed need in the same transaction. */
  readonly onNeedConfirmed: (tx: Tx, viewer: SignedInViewer, need: ConfirmedNeed) => Promise<void>;
}

/** What a finished or half-done screening suggests now, computed from its answers. */
function suggestionsOf(
  library: InstrumentLibrary,
  screening: Screening,
  person: { readonly birthDate: Temporal.PlainDate | null },
): readonly NeedSuggestion[] {
  const found = library.find(`${screening.instrument.url}|${screening.instrument.version}`);
  if (!found.ok) return [];
  const result = scoreRecorded(found.value, screening.answers, person, screening.savedAt);
  return suggestNeeds(found.value.shortName, result);
}

/**
 * Records what became of a safety conversation that an answer opened: had, or not possible and why. Several may be
 * recorded; the newest counts. Refuses one that is not open.
 */
export async function recordSafetyConversation(
  parts: Pick<DecideScreeningParts, 'clock' | 'people'>,
  tx: Tx,
  viewer: SignedInViewer,
  input: {
    readonly personId: string;
    readonly screeningId: string;
    readonly decision: 'had' | 'not-possible';
    readonly why: string | null;
    readonly reference?: string | null;
  },
): Promise<Outcome<{ readonly screeningId: string }, 'not-found' | 'not-open' | 'why-missing'>> {
  const opened = await parts.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const personId = opened.person.id;
  await lockPerson(tx, personId);
  const screening = await screeningById(tx, viewer, personId, input.screeningId);
  if (screening === null) return refused('not-found', 'There is no such screening.');
  if (screening.safety === 'none')
    return refused('not-open', 'No answer in this screening asks for a safety conversation.');
  if (input.decision === 'not-possible' && (input.why ?? '').trim() === '')
    return refused('why-missing', 'Say why it was not possible, and who will try again', 'why');
  const now = parts.clock.now();
  await insertDecision(tx, viewer, personId, {
    screeningId: screening.id,
    about: 'safety-conversation',
    need: null,
    decision: input.decision,
    why: input.why?.trim() || null,
    by: viewer.name,
    at: now,
  });
  await recordAudit(tx, now, auditActor(viewer, input.reference ?? null), {
    action: 'created',
    personId,
    subjectKind: 'safety conversation',
    subjectId: screening.id,
    detail: { decision: input.decision },
  });
  await touch(tx, [`person:${personId}`]);
  return done({ screeningId: screening.id });
}

/**
 * A person decides about a suggested need: it is one, or it is not and why. Refuses a need these answers do not
 * suggest, and one that was decided before.
 */
export async function decideSuggestion(
  parts: DecideScreeningParts,
  tx: Tx,
  viewer: SignedInViewer,
  input: {
    readonly personId: string;
    readonly screeningId: string;
    readonly need: NeedKind;
    readonly decision: 'added' | 'not-a-need';
    readonly why: string | null;
    readonly reference?: string | null;
  },
): Promise<
  Outcome<{ readonly screeningId: string }, 'not-found' | 'not-suggested' | 'why-missing' | 'decided'>
> {
  const opened = await parts.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const personId = opened.person.id;
  await lockPerson(tx, personId);
  const screening = await screeningById(tx, viewer, personId, input.screeningId);
  if (screening === null) return refused('not-found', 'There is no such screening.');
  const suggestion = suggestionsOf(parts.library, screening, opened.person).find(
    ({ need }) => need === input.need,
  );
  if (suggestion === undefined)
    return refused(
      'not-suggested',
      'These answers do not suggest that need. You can record it on the needs page.',
    );
  const decided = await decisionsOn(tx, [screening.id]);
  if (decided.some(({ need }) => need === input.need))
    return refused('decided', 'Somebody has decided about this already.');
  if (input.decision === 'not-a-need' && (input.why ?? '').trim() === '')
    return refused('why-missing', 'Say why it is not a need', 'why');
  const now = parts.clock.now();
  await insertDecision(tx, viewer, personId, {
    screeningId: screening.id,
    about: 'suggested-need',
    need: input.need,
    decision: input.decision,
    why: input.why?.trim() || null,
    by: viewer.name,
    at: now,
  });
  if (input.decision === 'added')
    await parts.onNeedConfirmed(tx, viewer, {
      personId,
      kind: input.need,
      because: suggestion.because,
      screeningId: screening.id,
      saidBy: screening.askedBy,
    });
  await recordAudit(tx, now, auditActor(viewer, input.reference ?? null), {
    action: 'created',
    personId,
    subjectKind: 'suggested need',
    subjectId: screening.id,
    detail: { need: input.need, decision: input.decision },
  });
  await touch(tx, [`person:${personId}`]);
  return done({ screeningId: screening.id });
}
