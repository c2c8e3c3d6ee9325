import { ageAndSource, needKinds, needLabel } from '../people/index.ts';
import type { Typed } from '../platform/forms/form.ts';
import { oneText } from '../platform/forms/form.ts';
import { when } from '../platform/views/dates.ts';
import {
  bases,
  needAnswers,
  needLimit,
  pointsOfContact,
  servicesWords,
  severities,
  wantsHelpWords,
  wordOf,
} from './need.ts';
import type { Need } from './need.ts';
import type { NeedVersion } from './need-store.ts';
import { newestOfEach } from './need-store.ts';
import type { NeedConflict } from './record-needs.ts';

const answerWords: Readonly<Record<NeedVersion['answer'], string>> = {
  found: 'Need found',
  'no-need': 'Asked, no need',
  declined: 'Declined to say',
  unknown: 'Does not know',
  'not-asked': 'Taken back: not asked',
};

/** Everything the needs page shows: one entry for each kind of the vocabulary, with what is recorded and how old. */
export function needsModel(input: {
  readonly history: readonly NeedVersion[];
  readonly conflicts: readonly NeedConflict[];
  /** What was typed and not saved, or undefined to show the record. */
  readonly typed: Typed | undefined;
  readonly errorOf: Readonly<Record<string, string>>;
  readonly saidBy: string;
  readonly pointOfContact: string;
  readonly shortName: string;
  readonly now: Temporal.Instant;
}): Readonly<Record<string, unknown>> {
  const { history, typed, now } = input;
  const needs = new Map(newestOfEach(history).map((need) => [need.kind as string, need]));
  const kinds = needKinds.map(({ key, label, description }) => {
    const need = needs.get(key);
    const versions = history.filter(({ kind }) => kind === key);
    const conflict = input.conflicts.find(({ entry }) => entry.kind === key);
    const version = versions[0]?.version ?? 0;
    const typedOn = typedVersion(typed, key) ?? version;
    // A draft is of the whole page: a kind left alone in it must not hide what was recorded since.
    const shown = typedOn !== version && leftAlone(typed ?? {}, key, versions, typedOn) ? undefined : typed;
    const field = (name: string, recorded: string): string => {
      const given = `${name}-${key}`;
      return shown !== undefined && given in shown ? oneText(shown, given) : recorded;
    };
    const chosen = field('answer', codeOf(need));
    return {
      kind: key,
      label,
      question: {
        name: `answer-${key}`,
        text: label,
        hint: description,
        choices: needAnswers.map(({ value, text }) => ({ code: value, text })),
        chosen,
        previous: need === undefined ? undefined : previousOf(need, key, input.shortName, now),
        error: input.errorOf[`answer-${key}`],
      },
      // What was typed on an older answer keeps that answer's number, so that saving shows both.
      version: shown === undefined ? version : typedOn,
      open: chosen === 'value:found' || field('detail', need?.detail ?? '') !== '',
      basis: field('basis', need?.basis ?? 'told-us'),
      saidBy: field('saidBy', input.saidBy),
      detail: field('detail', need?.detail ?? ''),
      severity: field('severity', need?.severity ?? ''),
      services: field('services', need?.services ?? 'not-asked'),
      wantsHelp: field('wantsHelp', need?.wantsHelp ?? 'not-asked'),
      conflict:
        conflict === undefined
          ? null
          : {
              theirs: sentenceOf(conflict.theirs),
              theirsBy: `${conflict.theirs.recordedBy}, ${when(conflict.theirs.recordedAt, now)}`,
              mine: sentenceOf({
                answer: conflict.entry.answer,
                detail: conflict.entry.detail ?? null,
                services: conflict.entry.services ?? 'not-asked',
                wantsHelp: conflict.entry.wantsHelp ?? 'not-asked',
              }),
            },
      history: versions.map((version) => ({
        text: sentenceOf(version),
        source: `${ageAndSource({ basis: version.basis, by: version.saidBy.saidBy, at: version.saidBy.at, now }).line}. ${recordedWords(version, now)}`,
      })),
    };
  });
  const found = [...needs.values()].filter(({ answer }) => answer === 'found').length;
  const declined = [...needs.values()].filter(({ answer }) => answer === 'declined').length;
  return {
    kinds,
    bases,
    severities,
    servicesWords,
    wantsHelpWords,
    pointsOfContact,
    pointOfContact: typed === undefined ? input.pointOfContact : oneText(typed, 'pointOfContact'),
    counts: `${found} found, ${declined} declined, ${needKinds.length - needs.size} not asked yet`,
    anyConflict: input.conflicts.map(({ entry }) => ({
      label: needLabel(entry.kind),
      href: `#answer-${entry.kind}`,
    })),
  };
}

/** The version of a kind that the page showed when the rest was typed; null when what was typed does not say. */
function typedVersion(typed: Typed | undefined, key: string): number | null {
  const text = typed === undefined ? '' : oneText(typed, `version-${key}`);
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** True when nothing was typed about a kind: it still says what its version said. */
function leftAlone(typed: Typed, key: string, versions: readonly NeedVersion[], typedOn: number): boolean {
  const then = versions.find(({ version }) => version === typedOn);
  return (
    oneText(typed, `answer-${key}`) === codeOf(then) &&
    oneText(typed, `detail-${key}`).replaceAll('\r\n', '\n') === (then?.detail ?? '')
  );
}

/** What the radio of a recorded answer posts. */
function codeOf(need: Pick<NeedVersion, 'answer'> | undefined): string {
  if (need === undefined) return 'not-asked';
  return need.answer === 'found' || need.answer === 'no-need' ? `value:${need.answer}` : need.answer;
}

function previousOf(
  need: Need,
  key: string,
  shortName: string,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> {
  const source = ageAndSource({
    basis: need.basis,
    by: need.saidBy.saidBy,
    at: need.saidBy.at,
    now,
    limit: needLimit(need.kind),
    checkWith: shortName,
  });
  const today = source.age === null && !source.old;
  return {
    ...(today ? { shape: 'done' } : {}),
    text: `${answerWords[need.answer]}.`,
    note: source.old ? `${source.source}, ${source.when}` : source.line,
    ...(source.check === null ? {} : { old: source.check }),
    ...(today ? {} : { reuse: { name: 'still', value: key } }),
  };
}

/** "Recorded by Hannah Osei", with the time when it was said before. */
function recordedWords(version: NeedVersion, now: Temporal.Instant): string {
  const later = Temporal.Instant.compare(version.saidBy.at, version.recordedAt) < 0;
  return `Recorded by ${version.recordedBy}${later ? ` ${when(version.recordedAt, now)}` : ''}`;
}

function sentenceOf(said: Pick<NeedVersion, 'answer' | 'detail' | 'services' | 'wantsHelp'>): string {
  const parts = [
    answerWords[said.answer],
    said.detail,
    said.answer === 'found' ? `services: ${wordOf(servicesWords, said.services).toLowerCase()}` : null,
    said.answer === 'found' ? `wants help: ${wordOf(wantsHelpWords, said.wantsHelp).toLowerCase()}` : null,
  ];
  return `${parts.filter((part) => part !== null && part !== '').join('. ')}.`;
}
