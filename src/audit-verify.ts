// npm run audit:verify: proves the audit from its first batch, and names the first row that is not as it was.
import { openSealKey, verifyAudit, type AuditVerdict } from './audit/index.ts';
import { readConfig } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { openPostgres } from './platform/postgres/index.ts';

/** The verdict as a sentence for somebody who reads no JSON. */
export function auditSentence(verdict: AuditVerdict): string {
  if (!verdict.ok) return `The audit is not as it was written. ${verdict.broken ?? ''}.`.replaceAll('..', '.');
  const waiting = verdict.unsealed === 0 ? '' : ` ${String(verdict.unsealed)} more are not sealed yet.`;
  return `The audit is whole: ${String(verdict.events)} events in ${String(verdict.batches)} sealed batches.${waiting}`;
}

async function run(): Promise<number> {
  const config = readConfig(process.env);
  const postgres = await openPostgres({ ...config, log: (line) => console.error(line) });
  try {
    const database = openDatabase({ appUrl: postgres.appUrl, appRole: postgres.appRole, poolSize: 2 });
    try {
      const key = openSealKey(config.dataDir);
      const verdict = await verifyAudit(database, key.publicKey, config.dataDir);
      console.log(JSON.stringify(verdict));
      console.log(auditSentence(verdict));
      return verdict.ok ? 0 : 1;
    } finally {
      await database.close();
    }
  } finally {
    await postgres.stop();
  }
}

if (import.meta.main) {
  try {
    process.exitCode = await run();
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault);
    process.exitCode = 1;
  }
}
