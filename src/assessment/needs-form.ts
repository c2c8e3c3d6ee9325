import { oneText } from '../platform/forms/form.ts';
import type { FieldError, Typed } from '../platform/forms/form.ts';
import { needKinds, type Basis } from '../people/index.ts';
import { bases, pointsOfContact, servicesWords, severities, wantsHelpWords } from './need.ts';
import type { NeedAnswer, PointOfContact, Services, Severity, WantsHelp } from './need.ts';
import type { NeedEntry } from './record-needs.ts';

const answers: ReadonlyMap<string, NeedAnswer | 'not-asked'> = new Map<string, NeedAnswer | 'not-asked'>([
  ['value:found', 'found'],
  ['value:no-need', 'no-need'],
  ['declined', 'declined'],
  ['unknown', 'unknown'],
  ['not-asked', 'not-asked'],
  ['', 'not-asked'],
]);

function coded<T extends string>(words: readonly { readonly value: T }[], text: string, otherwise: T): T {
  return words.find(({ value }) => value === text)?.value ?? otherwise;
}

/**
 * Reads the needs page: five answers per kind, with basis, who said it, detail, severity, services and wants help.
 * Refuses, at its field, an answer that is none of the five and details typed beside an answer that was left at
 * "Not asked": what is typed must not be dropped in silence.
 */
export function readNeedsForm(
  typed: Typed,
  fallbackSaidBy: string,
):
  | { readonly ok: true; readonly entries: readonly NeedEntry[] }
  | { readonly ok: false; readonly errors: readonly FieldError[] } {
  const pointOfContact: PointOfContact = coded(
    pointsOfContact,
    oneText(typed, 'pointOfContact'),
    'elsewhere',
  );
  const entries: NeedEntry[] = [];
  const errors: FieldError[] = [];
  const again = oneText(typed, 'still');
  for (const { key: kind, label } of needKinds) {
    const field = `answer-${kind}`;
    if (typed[field] === undefined) continue;
    const answer = answers.get(oneText(typed, field));
    const detail = oneText(typed, `detail-${kind}`).replaceAll('\r\n', '\n').slice(0, 4000);
    const openedVersion = Number(oneText(typed, `version-${kind}`)) || 0;
    if (answer === undefined) {
      errors.push({
        field,
        anchor: field,
        message: `Choose one of the answers about ${label.toLowerCase()}`,
      });
      continue;
    }
    if (answer === 'not-asked' && detail !== '' && openedVersion === 0) {
      errors.push({
        field,
        anchor: field,
        message: `Say whether ${label.toLowerCase()} is a need: you wrote about it`,
      });
      continue;
    }
    const severity = oneText(typed, `severity-${kind}`);
    entries.push({
      kind,
      answer,
      basis: coded<Basis>(bases, oneText(typed, `basis-${kind}`), 'told-us'),
      saidBy: oneText(typed, `saidBy-${kind}`) || fallbackSaidBy,
      pointOfContact,
      detail: detail === '' ? null : detail,
      severity: severities.some(({ value }) => value === severity) ? (severity as Severity) : null,
      services: coded<Services>(servicesWords, oneText(typed, `services-${kind}`), 'not-asked'),
      wantsHelp: coded<WantsHelp>(wantsHelpWords, oneText(typed, `wantsHelp-${kind}`), 'not-asked'),
      openedVersion,
      ...(again === kind ? { again: true } : {}),
    });
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, entries };
}
