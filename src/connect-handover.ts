import type { Viewer } from './access/index.ts';
import { currentAssessment, needsOf, safetyPlanOf } from './assessment/index.ts';
import type { HandoverLine } from './navigation/index.ts';
import { ageAndSource, needLabel } from './people/index.ts';
import type { Tx } from './platform/database.ts';

// What a handover says beyond alerts, talking and safe contact: what the next worker needs to know, each line with
// where it comes from. Within the service; nothing here leaves it.

// A worker reads eight lines on the way to a cell; the record has the rest.
const NEEDS_AT_MOST = 6;

/** Needs that were found, how to take part, what helps, and what was recommended for services. */
export async function handoverLines(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  now: Temporal.Instant,
): Promise<readonly HandoverLine[]> {
  const lines: HandoverLine[] = [];
  const plan = await safetyPlanOf(tx, viewer, personId);
  if (plan !== null && plan.whatHelps.trim() !== '')
    lines.push({
      text: `What helps: ${plan.whatHelps.trim()}`,
      source: 'Safety plan',
      at: plan.writtenAt,
      urgency: 'soon',
    });
  const needs = (await needsOf(tx, viewer, personId)).filter((need) => need.answer === 'found');
  for (const need of needs.slice(0, NEEDS_AT_MOST)) {
    lines.push({
      text: need.detail === null ? needLabel(need.kind) : `${needLabel(need.kind)}: ${need.detail}`,
      source: ageAndSource({ basis: need.basis, by: need.saidBy.saidBy, at: need.saidBy.at, now }).source,
      at: need.saidBy.at,
      urgency: need.kind === 'self-harm' ? 'now' : 'note',
    });
  }
  const assessment = await currentAssessment(tx, viewer, personId);
  if (assessment !== null && assessment.status === 'signed') {
    const source = `Assessment, ${assessment.signedBy?.name ?? 'signed'}`;
    for (const [what, text] of [
      ['Taking part', assessment.takingPart],
      ['For services', assessment.recommendationForServices],
    ] as const)
      if (text !== null && text.trim() !== '')
        lines.push({ text: `${what}: ${text.trim()}`, source, at: assessment.signedAt, urgency: 'note' });
  }
  return lines;
}
