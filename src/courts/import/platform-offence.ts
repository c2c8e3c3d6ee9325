import { childAt, countAt, dateAt, type Fields, firstTextAt, isRecord, listAt, textAt } from './fields.ts';
import type { NeutralOffence } from './neutral-hearing.ts';
import { idAt, judicialResultsAt } from './platform-results.ts';

/** One offence of Common Platform, with its plea, verdict, restrictions and published results. */
export function readPlatformOffence(offence: Fields): NeutralOffence {
  return {
    offenceId: idAt(offence, 'id'),
    code: textAt(offence, 'offenceCode'),
    title: textAt(offence, 'offenceTitle'),
    wording: textAt(offence, 'wording'),
    act: textAt(offence, 'offenceLegislation'),
    // `listingNumber` orders a list, `count` an indictment; `orderIndex` is not always a small number.
    sequence: countAt(
      offence,
      offence.source['listingNumber'] === undefined ? 'orderIndex' : 'listingNumber',
    ),
    maximumPenalty: textAt(offence, 'maxPenalty'),
    plea: pleaOf(offence),
    verdict: verdictOf(offence),
    convictionDate: dateAt(offence, 'convictionDate'),
    adjournedTo: undefined,
    adjournmentReason: undefined,
    reportingRestrictions: restrictionsAt(offence),
    results: judicialResultsAt(offence, 'judicialResults', 'offence'),
  };
}

/** Reporting restrictions on an offence, as the court labels them. */
function restrictionsAt(fields: Fields): readonly string[] {
  return listAt(fields, 'reportingRestrictions')
    .map((restriction) => textAt(restriction, 'label'))
    .filter((label) => label !== undefined);
}

/** The plea; else the indicated plea, said as such. A plea the police notified is not a plea in court. */
function pleaOf(offence: Fields): NeutralOffence['plea'] {
  const plea = group(offence, 'plea');
  const value = plea && firstTextAt(plea, 'pleaValue', 'value');
  if (plea && value !== undefined) return { value, date: dateAt(plea, 'pleaDate') };
  const indicated = group(offence, 'indicatedPlea');
  const said = indicated && textAt(indicated, 'indicatedPleaValue');
  if (indicated && said !== undefined) return { value: said, date: dateAt(indicated, 'indicatedPleaDate') };
  return undefined;
}

function verdictOf(offence: Fields): NeutralOffence['verdict'] {
  const verdict = group(offence, 'verdict');
  const type = verdict && group(verdict, 'verdictType');
  const value = type && firstTextAt(type, 'description', 'category', 'categoryType');
  return verdict && value !== undefined ? { value, date: dateAt(verdict, 'verdictDate') } : undefined;
}

function group(fields: Fields, key: string): Fields | undefined {
  return isRecord(fields.source[key]) ? childAt(fields, key) : undefined;
}
