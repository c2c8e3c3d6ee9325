import { londonDate } from '../platform/clock.ts';
import { setContext } from '../platform/database.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import type { SessionState } from './session.ts';
import { setSessionRole } from './session-store.ts';
import { heldRoles, type HeldRole } from './sign-in-store.ts';
import type { SignedIn, SignInParts } from './sign-in.ts';

const nobody = { kind: 'nobody', area: null } as const;

/** Whose roles may be chosen on this session: nobody's when it is locked or ended. */
function chooser(state: SessionState): { sessionId: string; workerId: string } | null {
  if (state.kind === 'choosing') return { sessionId: state.sessionId, workerId: state.workerId };
  if (state.kind === 'open') return { sessionId: state.sessionId, workerId: state.viewer.workerId };
  return null;
}

/** The roles this session may take, or null when it may take none. */
export async function rolesToChoose(
  parts: SignInParts,
  state: SessionState,
): Promise<readonly HeldRole[] | null> {
  const who = chooser(state);
  if (who === null) return null;
  const today = londonDate(parts.clock.now());
  return parts.database.transaction(nobody, (tx) => heldRoles(tx, who.workerId, today));
}

/**
 * Takes a role. The session gets a new token, and forms that were open in another role are refused. Only a role the
 * worker holds today can be taken.
 */
export async function chooseRole(
  parts: SignInParts,
  state: SessionState,
  chosen: { readonly workerRoleId: string; readonly returnTo: string | null; readonly reference: string },
): Promise<Outcome<SignedIn, 'signed-out' | 'not-held'>> {
  const who = chooser(state);
  if (who === null) return refused('signed-out', 'Your session has ended. Sign in again.');
  const now = parts.clock.now();
  return parts.database.transaction(nobody, async (tx) => {
    const held = await heldRoles(tx, who.workerId, londonDate(now));
    const role = held.find((each) => each.workerRoleId === chosen.workerRoleId);
    if (role === undefined) return refused('not-held', 'Choose one of your roles.', 'role');
    const token = await setSessionRole(tx, who.sessionId, role.workerRoleId);
    const worker = await tx
      .selectFrom('worker')
      .select(['area_id', 'name'])
      .where('id', '=', who.workerId)
      .executeTakeFirstOrThrow();
    await setContext(tx, { kind: 'nobody', area: worker.area_id });
    const actor = {
      areaId: worker.area_id,
      workerId: who.workerId,
      workerRole: role.role,
      sessionId: who.sessionId,
      actor: worker.name,
      reference: chosen.reference,
    };
    await parts.audit(tx, now, actor, {
      action: 'signed-in',
      subjectKind: 'session',
      subjectId: who.sessionId,
      detail: { role: role.role },
    });
    return done({ token, goTo: chosen.returnTo ?? role.startsOn });
  });
}
