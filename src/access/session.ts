import { createHash, randomBytes } from 'node:crypto';
import { londonDate } from '../platform/clock.ts';
import { roles, type Role, type SignedInViewer } from './viewer.ts';

/** How long a session lasts. */
export interface SessionLimits {
  /** Without a request for this long, the session ends. Minutes. */
  readonly idleMinutes: number;
  /** On a shared machine: without a request for this long, it locks. Minutes. */
  readonly kioskIdleMinutes: number;
  /** A session ends after this long whatever happens: one long shift. Hours. */
  readonly absoluteHours: number;
}

export const defaultLimits: SessionLimits = { idleMinutes: 30, kioskIdleMinutes: 5, absoluteHours: 12 };

export type EndReason =
  | 'signed-out'
  | 'idle'
  | 'administrator'
  | 'switched'
  | 'expired'
  | 'signed-in-again'
  | 'provider'
  | 'role-ended';

/** What the session cookie of a request turned out to be. */
export type SessionState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'open';
      readonly sessionId: string;
      readonly viewer: SignedInViewer;
      readonly kiosk: boolean;
      /** They may change to another role. */
      readonly severalRoles: boolean;
    }
  /** Signed in, and holding several roles: one must be chosen before anything else. */
  | {
      readonly kind: 'choosing';
      readonly sessionId: string;
      readonly workerId: string;
      readonly kiosk: boolean;
    }
  /** A shared machine somebody walked away from. Nothing of theirs is shown until they sign in again. */
  | {
      readonly kind: 'locked';
      readonly sessionId: string;
      readonly workerId: string;
      readonly name: string;
      readonly since: Temporal.Instant;
    }
  | { readonly kind: 'ended'; readonly reason: EndReason };

/** One session with everything a viewer is made of, as one query reads it. */
export interface SessionRow {
  readonly id: string;
  readonly worker_id: string;
  readonly worker_role_id: string | null;
  readonly kiosk: boolean;
  readonly created_at: Temporal.Instant;
  readonly last_seen_at: Temporal.Instant;
  readonly locked_at: Temporal.Instant | null;
  readonly ended_at: Temporal.Instant | null;
  readonly end_reason: string | null;
  readonly area_id: string;
  readonly name: string;
  readonly registration: string | null;
  readonly active: boolean;
  readonly role: string | null;
  readonly valid_from: Temporal.PlainDate | null;
  readonly valid_to: Temporal.PlainDate | null;
  readonly team_id: string | null;
  readonly team_name: string | null;
  readonly site_id: string | null;
  readonly site_name: string | null;
  readonly service_id: string | null;
  readonly several_roles: boolean;
}

/** A state, and what must be written because time has passed. */
export interface SessionJudgement {
  readonly state: SessionState;
  readonly write: 'nothing' | 'seen' | 'lock' | { readonly end: EndReason };
}

/** Is this role held on this day? The last day counts. */
function isHeldOn(
  role: { readonly valid_from: Temporal.PlainDate; readonly valid_to: Temporal.PlainDate | null },
  day: Temporal.PlainDate,
): boolean {
  if (Temporal.PlainDate.compare(role.valid_from, day) > 0) return false;
  return role.valid_to === null || Temporal.PlainDate.compare(day, role.valid_to) <= 0;
}

function isRole(name: string): name is Role {
  return Object.hasOwn(roles, name);
}

function passed(since: Temporal.Instant, limit: Temporal.DurationLike, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(since.add(limit), now) <= 0;
}

/**
 * What a session is worth now. Idle and absolute limits are counted here, when it is used, so that no timer is
 * needed to close a session: an old cookie opens nothing.
 */
export function judgeSession(
  row: SessionRow,
  limits: SessionLimits,
  now: Temporal.Instant,
): SessionJudgement {
  const ended = (reason: EndReason): SessionJudgement => ({
    state: { kind: 'ended', reason },
    write: { end: reason },
  });
  if (row.ended_at !== null)
    return { state: { kind: 'ended', reason: endReason(row.end_reason) }, write: 'nothing' };
  if (!row.active) return ended('administrator');
  if (passed(row.created_at, { hours: limits.absoluteHours }, now)) return ended('expired');
  if (passed(row.last_seen_at, { minutes: limits.idleMinutes }, now)) return ended('idle');
  const held = heldRole(row, now);
  if (row.worker_role_id !== null && held === null) return ended('role-ended');
  if (row.locked_at !== null) return { state: locked(row, row.locked_at), write: 'nothing' };
  if (row.kiosk && passed(row.last_seen_at, { minutes: limits.kioskIdleMinutes }, now))
    return { state: locked(row, now), write: 'lock' };
  // At most one write a minute: a board that refreshes itself must not write with every refresh.
  const write = passed(row.last_seen_at, { minutes: 1 }, now) ? 'seen' : 'nothing';
  const session = { sessionId: row.id, kiosk: row.kiosk };
  if (row.worker_role_id === null || held === null)
    return { state: { kind: 'choosing', ...session, workerId: row.worker_id }, write };
  const viewer = viewerFrom(row, row.worker_role_id, held);
  return { state: { kind: 'open', ...session, viewer, severalRoles: row.several_roles }, write };
}

function endReason(stored: string | null): EndReason {
  switch (stored) {
    case 'signed-out':
    case 'idle':
    case 'administrator':
    case 'switched':
    case 'expired':
    case 'signed-in-again':
    case 'provider':
    case 'role-ended':
      return stored;
    default:
      return 'expired';
  }
}

function heldRole(row: SessionRow, now: Temporal.Instant): Role | null {
  if (row.role === null || row.valid_from === null || !isRole(row.role)) return null;
  const dates = { valid_from: row.valid_from, valid_to: row.valid_to };
  return isHeldOn(dates, londonDate(now)) ? row.role : null;
}

function locked(row: SessionRow, since: Temporal.Instant): SessionState {
  return { kind: 'locked', sessionId: row.id, workerId: row.worker_id, name: row.name, since };
}

function viewerFrom(row: SessionRow, workerRoleId: string, role: Role): SignedInViewer {
  return {
    kind: roles[role].kind,
    areaId: row.area_id,
    workerId: row.worker_id,
    name: row.name,
    registration: row.registration,
    role,
    workerRoleId,
    teamId: row.team_id,
    teamName: row.team_name,
    siteId: row.site_id,
    siteName: row.site_name,
    serviceId: row.service_id,
    sessionId: row.id,
  };
}

/** A new session token: 256 random bits, so that it cannot be guessed. Only its hash is kept. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 of a token: what the database holds, so that a copy of the database signs nobody in. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
