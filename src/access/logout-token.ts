import type { JWTPayload } from 'jose';
import { setContext } from '../platform/database.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { ProviderRefused } from './oidc.ts';
import { endSessions } from './session-store.ts';
import type { SignInParts } from './sign-in.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const nobody = { kind: 'nobody', area: null } as const;

/** Whose sessions a logout token ends, or what is wrong with it (OpenID Connect Back-Channel Logout 1.0, 2.6). */
function readLogoutClaims(
  claims: JWTPayload,
): { readonly sub: string | null; readonly sid: string | null; readonly jti: string } | string {
  const events = claims['events'];
  if (typeof events !== 'object' || events === null || !Object.hasOwn(events, EVENT))
    return 'no logout event';
  if (claims['nonce'] !== undefined) return 'a logout token has no nonce';
  if (typeof claims.jti !== 'string' || claims.jti === '') return 'no jti';
  const sub = typeof claims.sub === 'string' ? claims.sub : null;
  const sid = typeof claims['sid'] === 'string' ? claims['sid'] : null;
  if (sub === null && sid === null) return 'neither sub nor sid';
  return { sub, sid, jti: claims.jti };
}

/** The provider says that somebody signed out there: their sessions here end. A token works once, for five minutes. */
export async function endByProvider(
  parts: SignInParts,
  logoutToken: string,
): Promise<Outcome<number, 'token-refused'>> {
  const now = parts.clock.now();
  let claims: JWTPayload;
  try {
    claims = await parts.oidc.verify(logoutToken, {
      audience: parts.oidc.settings.clientId,
      maxTokenAge: '300s',
      clockTolerance: 30,
    });
  } catch (fault) {
    if (fault instanceof ProviderRefused)
      return refused('token-refused', 'The logout token was not accepted.');
    throw fault;
  }
  const read = readLogoutClaims(claims);
  if (typeof read === 'string')
    return refused('token-refused', `The logout token was not accepted: ${read}.`);
  return parts.database.transaction(nobody, async (tx) => {
    await tx
      .deleteFrom('used_logout_token')
      .where('used_at', '<', now.subtract({ hours: 1 }))
      .execute();
    const fresh = await tx
      .insertInto('used_logout_token')
      .values({ jti: read.jti, used_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .returning('jti')
      .executeTakeFirst();
    if (fresh === undefined) return refused('token-refused', 'The logout token was used already.');
    let open = tx
      .selectFrom('session')
      .innerJoin('worker', 'worker.id', 'session.worker_id')
      .select(['session.id', 'session.worker_id', 'worker.area_id', 'worker.name'])
      .where('worker.issuer', '=', parts.oidc.workerIssuer)
      .where('session.ended_at', 'is', null);
    if (read.sub !== null) open = open.where('worker.subject', '=', read.sub);
    if (read.sid !== null) open = open.where('session.provider_session', '=', read.sid);
    const sessions = await open.execute();
    const ended = await endSessions(tx, { sessionIds: sessions.map((row) => row.id) }, 'provider', now);
    for (const row of sessions) {
      await setContext(tx, { kind: 'nobody', area: row.area_id });
      const actor = {
        areaId: row.area_id,
        workerId: row.worker_id,
        workerRole: null,
        sessionId: row.id,
        actor: row.name,
        reference: null,
      };
      await parts.audit(tx, now, actor, {
        action: 'signed-out',
        subjectKind: 'session',
        subjectId: row.id,
        detail: { by: 'identity provider' },
      });
    }
    return done(ended);
  });
}
