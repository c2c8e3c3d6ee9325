import type { NeedKind } from '../people/index.ts';
import type { ScoreResult } from './score-result.ts';

/** At and above this score, the worker is asked whether this is a need. Never recorded by itself. */
export interface SuggestionRule {
  readonly instrument: string;
  readonly scoring: string;
  readonly atLeast: number;
  readonly need: NeedKind;
  readonly effectiveFrom: string;
  /** Whose cut-off it is. */
  readonly source: string;
}

const rule = (
  instrument: string,
  scoring: string,
  atLeast: number,
  need: NeedKind,
  source: string,
): SuggestionRule => ({ instrument, scoring, atLeast, need, effectiveFrom: '2026-01-01', source });

/** Published cut-offs at which a conversation about the need is worth having. */
export const suggestionRules: readonly SuggestionRule[] = [
  rule('phq-9', 'phq-9-sum', 10, 'mental-health', 'Kroenke, Spitzer and Williams 2001: 10 or more'),
  rule('phq-2', 'phq-2-sum', 3, 'mental-health', 'Kroenke, Spitzer and Williams 2003: 3 or more'),
  rule('gad-7', 'gad-7-sum', 8, 'mental-health', 'NHS Talking Therapies Manual: caseness 8 or more'),
  rule('gad-2', 'gad-2-sum', 3, 'mental-health', 'NICE CG123: 3 or more'),
  rule('k6', 'k6-0-24', 13, 'mental-health', 'Kessler 2003: 13 or more'),
  rule('k10', 'k10-10-50', 20, 'mental-health', 'Andrews and Slade 2001: 20 or more'),
  rule('core-10', 'core-10-sum', 11, 'mental-health', 'Barkham 2013: clinical cut-off 11'),
  rule('pc-ptsd-5', 'pc-ptsd-5-count', 3, 'trauma', 'Prins 2016: 3, the more sensitive cut-off'),
  rule('audit-c', 'audit-c-sum', 5, 'alcohol', 'UK practice: 5 or more'),
  rule('audit', 'audit-sum', 8, 'alcohol', 'UK practice: 8 or more'),
  rule('ciwa-ar', 'ciwa-ar-sum', 8, 'alcohol', 'CIWA-Ar: symptoms of withdrawal from 8'),
  rule('cows', 'cows-sum', 5, 'drugs', 'Wesson and Ling 2003: mild withdrawal from 5'),
  rule('dast-10', 'dast-10-sum', 3, 'drugs', 'Skinner 1982: moderate level from 3'),
  rule('aq-10', 'aq-10-count', 6, 'autism', 'NICE CG142: 6 or more, offer an assessment'),
];

/** A need the answers point to, with the reason in words. A person decides. */
export interface NeedSuggestion {
  readonly need: NeedKind;
  /** "PHQ-9 13 of 27: moderate". */
  readonly because: string;
  readonly source: string;
}

/**
 * What a scored screening suggests. Nothing from an incomplete set, except that a safety item with an answer
 * suggests the need whatever the total (NICE NG225: ask about safety, predict nothing).
 */
export function suggestNeeds(shortName: string, result: ScoreResult): readonly NeedSuggestion[] {
  const suggestions: NeedSuggestion[] = [];
  const safety = result.prompts.find((prompt) => prompt.kind === 'safety-conversation');
  if (safety !== undefined)
    suggestions.push({
      need: 'self-harm',
      because: `${shortName}, question ${safety.item ?? ''}: thoughts of being better off dead or of self-harm`,
      source: safety.source,
    });
  for (const { scoring, atLeast, need, source } of suggestionRules.filter(
    (candidate) => candidate.instrument === result.instrument,
  )) {
    const named = result.scores.find((candidate) => candidate.scoring === scoring);
    const score = named?.score ?? null;
    if (named === undefined || score === null || score < atLeast) continue;
    const band = named.bands[0]?.label.toLowerCase();
    suggestions.push({
      need,
      because: `${shortName} ${score} of ${named.max}${band === undefined ? '' : `: ${band}`}`,
      source,
    });
  }
  return suggestions;
}
