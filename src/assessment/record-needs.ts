import { auditActor, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused } from '../platform/result.ts';
import type { Outcome } from '../platform/result.ts';
import { openEpisode, type Basis, type NeedKind, type People } from '../people/index.ts';
import type { NeedAnswer, PointOfContact, Services, Severity, WantsHelp } from './need.ts';
import { insertNeeds, isNewer, lockPerson, needHistory } from './need-store.ts';
import type { NeedVersion } from './need-store.ts';

export interface AssessmentParts {
  readonly clock: Clock;
  readonly people: People;
}

/** One answer about one kind of need. What is left out is kept as it was recorded before. */
export interface NeedEntry {
  readonly kind: NeedKind;
  /** `not-asked` takes back an answer that was recorded by mistake. */
  readonly answer: NeedAnswer | 'not-asked';
  readonly basis: Basis;
  /** Who said it or saw it, in words: "S Mistry, nurse". */
  readonly saidBy: string;
  readonly pointOfContact: PointOfContact;
  /** When it was said or seen, if that was before it is written down. A time ahead of the clock counts as now. */
  readonly saidAt?: Temporal.Instant;
  readonly detail?: string | null;
  readonly severity?: Severity | null;
  readonly services?: Services;
  readonly wantsHelp?: WantsHelp;
  readonly screeningId?: string | null;
  /** The version the page showed; a newer one that says something else is a conflict. Absent: not compared. */
  readonly openedVersion?: number;
  /** Asked again and still so: a new version although it says the same. */
  readonly again?: boolean;
}

/** A need somebody else recorded while this page was open, with both answers. */
export interface NeedConflict {
  readonly entry: NeedEntry;
  readonly theirs: NeedVersion;
}

/**
 * Records answers about several needs at once; each that differs becomes a new version, and nothing else is written.
 * An entry whose kind somebody else answered differently since the page was opened is not written: it comes back with
 * both answers, and the rest is saved. Refuses a person who is not open to this viewer.
 */
export async function recordNeeds(
  parts: AssessmentParts,
  tx: Tx,
  viewer: Viewer,
  input: {
    readonly personId: string;
    readonly entries: readonly NeedEntry[];
    readonly reference?: string | null;
  },
): Promise<
  Outcome<{ readonly written: readonly NeedKind[]; readonly conflicts: readonly NeedConflict[] }, 'not-found'>
> {
  const opened = await parts.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const personId = opened.person.id;
  await lockPerson(tx, personId);
  const now = parts.clock.now();
  const history = await needHistory(tx, viewer, personId);
  const versions: Omit<NeedVersion, 'id' | 'recordedBy'>[] = [];
  const conflicts: NeedConflict[] = [];
  for (const entry of input.entries) {
    const own = history.filter(({ kind }) => kind === entry.kind);
    const latest = own.toSorted((a, b) => (isNewer(a, b) ? -1 : 1))[0];
    const next = versionOf(
      personId,
      entry,
      latest,
      Math.max(0, ...own.map(({ version }) => version)) + 1,
      now,
    );
    if (latest !== undefined && entry.again !== true && saysTheSame(latest, next)) continue;
    if (latest === undefined && entry.answer === 'not-asked') continue;
    if (latest !== undefined && entry.openedVersion !== undefined && latest.version !== entry.openedVersion)
      conflicts.push({ entry, theirs: latest });
    else versions.push(next);
  }
  if (versions.length > 0) {
    const episode = await openEpisode(tx, viewer, personId);
    await insertNeeds(tx, viewer, episode?.id ?? null, nameOf(viewer), versions);
    await recordAudit(tx, now, auditActor(viewer, input.reference ?? null), {
      action: 'changed',
      personId,
      subjectKind: 'needs',
      detail: { kinds: versions.map(({ kind }) => kind) },
    });
    await touch(tx, [`person:${personId}`]);
  }
  return done({ written: versions.map(({ kind }) => kind), conflicts });
}

function versionOf(
  personId: string,
  entry: NeedEntry,
  latest: NeedVersion | undefined,
  version: number,
  now: Temporal.Instant,
): Omit<NeedVersion, 'id' | 'recordedBy'> {
  return {
    personId,
    kind: entry.kind,
    version,
    answer: entry.answer,
    basis: entry.basis,
    saidBy: {
      saidBy: entry.saidBy,
      at: entry.saidAt !== undefined && Temporal.Instant.compare(entry.saidAt, now) < 0 ? entry.saidAt : now,
      pointOfContact: entry.pointOfContact,
    },
    recordedAt: now,
    detail: entry.detail === undefined ? (latest?.detail ?? null) : entry.detail,
    severity: entry.severity === undefined ? (latest?.severity ?? null) : entry.severity,
    services: entry.services ?? latest?.services ?? 'not-asked',
    wantsHelp: entry.wantsHelp ?? latest?.wantsHelp ?? 'not-asked',
    screeningId: entry.screeningId ?? null,
  };
}

type Said = Pick<NeedVersion, 'answer' | 'basis' | 'detail' | 'severity' | 'services' | 'wantsHelp'>;

function saysTheSame(a: Said, b: Said): boolean {
  return (
    a.answer === b.answer &&
    a.basis === b.basis &&
    a.detail === b.detail &&
    a.severity === b.severity &&
    a.services === b.services &&
    a.wantsHelp === b.wantsHelp
  );
}

/** The viewer's name as it stands under what they write. */
function nameOf(viewer: Viewer): string {
  return viewer.kind === 'system'
    ? viewer.actor
    : viewer.kind === 'link'
      ? viewer.recipientName
      : viewer.name;
}

/**
 * Writes a need that a worker confirmed from a screening, in the transaction of that decision: connected to screening
 * in app.ts. The reason becomes the detail when there is none yet.
 */
export function confirmedNeedWriter(parts: AssessmentParts) {
  return async (
    tx: Tx,
    viewer: Viewer,
    need: {
      readonly personId: string;
      readonly kind: NeedKind;
      readonly because: string;
      readonly screeningId: string;
      readonly saidBy: string;
    },
  ): Promise<void> => {
    const role = viewer.kind === 'system' || viewer.kind === 'link' ? '' : viewer.role;
    const pointOfContact = role.startsWith('custody')
      ? 'custody'
      : role.startsWith('court')
        ? 'court'
        : 'community';
    const written = await recordNeeds(parts, tx, viewer, {
      personId: need.personId,
      entries: [
        {
          kind: need.kind,
          answer: 'found',
          basis: 'screened',
          saidBy: need.saidBy,
          pointOfContact,
          detail: need.because,
          screeningId: need.screeningId,
        },
      ],
    });
    if (!written.ok) throw new Error('A need was confirmed for a person who is not open to the viewer');
  };
}
