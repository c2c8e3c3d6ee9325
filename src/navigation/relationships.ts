import type { RelationshipSource } from '../access/index.ts';

/**
 * What makes it a worker's business here: somebody on their caseload, handed over to them, their team or their court
 * and not yet answered, or handed over by them and not yet taken. A lead answers for everybody whom the service has
 * on a caseload, for whom a call is open, and whom nobody has taken. Two queries at most, whatever the list.
 */
export function navigationRelationships(): RelationshipSource {
  return {
    name: 'navigation',
    async find(tx, viewer, personIds) {
      const found = new Map<string, string>();
      if (viewer.kind !== 'staff' || personIds.length === 0) return found;
      const lead = viewer.role === 'lead';
      const caseload = await tx
        .selectFrom('caseload_assignment')
        .select(['person_id', 'worker_id'])
        .where('person_id', 'in', [...personIds])
        .where('ended_at', 'is', null)
        .where((eb) => (lead ? eb.lit(true) : eb('worker_id', '=', viewer.workerId)))
        .execute();
      for (const row of caseload)
        found.set(
          row.person_id,
          row.worker_id === viewer.workerId ? 'on your caseload' : 'on a caseload of your service',
        );
      const handovers = await tx
        .selectFrom('handover')
        .select(['person_id', 'to_worker_id', 'to_team_id', 'to_site_id', 'from_worker_id', 'state'])
        .where('person_id', 'in', [...personIds])
        .where('state', 'in', ['waiting', 'returned'])
        .execute();
      for (const row of handovers) {
        if (found.has(row.person_id)) continue;
        const waits = row.state === 'waiting';
        if (waits && row.to_worker_id === viewer.workerId) found.set(row.person_id, 'handed over to you');
        else if (waits && row.to_team_id !== null && row.to_team_id === viewer.teamId)
          found.set(row.person_id, 'handed over to your team');
        else if (
          waits &&
          row.to_site_id !== null &&
          row.to_site_id === viewer.siteId &&
          viewer.role === 'court-practitioner'
        )
          found.set(row.person_id, 'handed over to your court');
        else if (row.from_worker_id === viewer.workerId)
          found.set(row.person_id, 'handed over by you, and not taken yet');
        else if (lead) found.set(row.person_id, 'handed over, and not taken yet');
      }
      if (!lead) return found;
      const missing = personIds.filter((id) => !found.has(id));
      if (missing.length === 0) return found;
      const calls = await tx
        .selectFrom('follow_up')
        .select('person_id')
        .distinct()
        .where('person_id', 'in', missing)
        .where('done_at', 'is', null)
        .where('closed_at', 'is', null)
        .execute();
      for (const row of calls) found.set(row.person_id, 'waiting for a call, with nobody named');
      return found;
    },
  };
}
