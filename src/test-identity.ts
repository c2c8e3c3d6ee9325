import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import {
  createOidc,
  DEMONSTRATION_ISSUER,
  embeddedOidcSettings,
  loadProviderKeys,
  registerEmbeddedProvider,
  registerSignInRoutes,
} from './access/index.ts';
import { freePort } from './access/test-browser.ts';
import { testServer } from './access/test-server.ts';
import { testSetting } from './access/test-setting.ts';
import { recordAudit } from './audit/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/database.ts';

// For tests only: sign-in through the real embedded provider, listening on this machine.

/** Builds it in `before`; everybody in the test area is an invented person of the provider. Close it in `after`. */
export async function testIdentity(
  clock: Clock,
  register: (
    server: FastifyInstance,
    parts: { readonly database: Database; readonly oidc: ReturnType<typeof createOidc> },
  ) => void,
) {
  const dataDir = mkdtempSync(join(tmpdir(), 'throughline-identity-'));
  const keys = loadProviderKeys(dataDir);
  const setting = await testSetting();
  const { database, owner, area } = setting;
  await owner.transaction({ kind: 'system', area: null }, async (tx) => {
    await tx.updateTable('area').set({ demonstration: true }).execute();
    await tx.updateTable('worker').set({ issuer: DEMONSTRATION_ISSUER }).execute();
  });
  const port = await freePort();
  const base = `http://127.0.0.1:${String(port)}`;
  const oidc = createOidc(embeddedOidcSettings(base, keys));
  const web = await testServer({
    database,
    clock,
    register: (server) => {
      registerSignInRoutes(server, { database, clock, oidc, audit: recordAudit, baseUrl: base });
      registerEmbeddedProvider(server, { database, clock, baseUrl: base, keys, production: false });
      register(server, { database, oidc });
    },
  });
  await web.server.listen({ host: '127.0.0.1', port });
  return {
    database,
    owner,
    area,
    keys,
    dataDir,
    base,
    web,
    close: async () => {
      await web.close();
      await setting.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
