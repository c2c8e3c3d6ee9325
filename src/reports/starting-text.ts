import { displayName, type Person } from '../people/index.ts';
import { clock } from '../platform/views/dates.ts';
import type { Gathered } from './gather-items.ts';
import type { ReportTemplate, SectionKey } from './report-templates.ts';

/** The words a report starts from: what may go, section by section, in the order of the record. */
export function startingText(
  template: ReportTemplate,
  gathered: Gathered,
  about: { readonly person: Person; readonly now: Temporal.Instant },
): Readonly<Record<string, string>> {
  const may = new Set(
    gathered.decisions
      .filter((decision) => decision.answer !== 'may-not')
      .map((decision) => decision.item.key),
  );
  const textOf = (key: SectionKey): readonly string[] =>
    gathered.candidates
      .filter((candidate) => candidate.section === key && may.has(candidate.item.key))
      .map((candidate) => candidate.text);
  const typed: Record<string, string> = {};
  for (const section of template.sections) {
    const words = textOf(section.key);
    if (section.key === 'needs') typed[section.key] = words.map((word) => `${word}.`).join(' ');
    else if (section.key === 'sources') typed[section.key] = lookedAtWords(gathered, about);
    else if (section.key === 'not-available')
      typed[section.key] = 'GP record and mental health trust record, not looked at.';
    else typed[section.key] = words.join('\n');
  }
  return typed;
}

function lookedAtWords(gathered: Gathered, about: { readonly person: Person }): string {
  const talked =
    gathered.seenAt === null ? '' : `Talked with ${displayName(about.person)} ${clock(gathered.seenAt)}. `;
  return `${talked}Our own record.`;
}
