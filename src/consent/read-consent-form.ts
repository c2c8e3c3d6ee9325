import { z } from 'zod';
import {
  listField,
  oneText,
  parseForm,
  textField,
  type FieldError,
  type Typed,
} from '../platform/forms/form.ts';
import type { Decided, DecisionInput } from './record-decision.ts';
import { extents, subjectKey, type ConsentSubject } from './consent-subject.ts';

/** The service a typed name stands for, when the directory knows it. */
export type NamedService = { readonly id: string; readonly name: string };

const fields = {
  holder: textField(z.enum(['person', 'parental-responsibility', 'appropriate-adult']).default('person')),
  holderName: textField(z.string().max(120, 'Use a shorter name').optional()),
  competence: textField(z.enum(['yes', 'no', 'not-sure', 'not-asked']).default('not-asked')),
  competenceShownBy: textField(z.string().max(500, 'Use fewer words').optional()),
  how: textField(
    z.enum(['spoken', 'written', 'sign-language', 'interpreter'], { error: 'Choose how it was said' }),
  ),
  present: listField(
    z.array(z.enum(['interpreter', 'appropriate adult', 'parent', 'solicitor', 'somebody else'])),
  ),
  language: textField(z.string().max(60, 'Use a shorter name of the language').default('English')),
  format: textField(z.enum(['ordinary', 'easy-read', 'large-print', 'read-aloud']).default('ordinary')),
  partnerRecords: textField(z.enum(['yes']).optional()),
};

type ReadForm =
  | { readonly ok: true; readonly input: DecisionInput; readonly typed: Typed }
  | { readonly ok: false; readonly errors: readonly FieldError[]; readonly typed: Typed };

/** The two lines at the end of the page for somebody not on it yet. */
const newSubjects = [
  { key: 'new-service', recipient: 'service' as const },
  { key: 'new-family', recipient: 'family' as const },
];

/**
 * Reads what was decided off the page: one answer for each line that was touched, and the conversation they share.
 * A line left alone records nothing: nobody is taken to have said no.
 */
export function readConsentForm(
  body: unknown,
  personId: string,
  subjects: readonly ConsentSubject[],
  services: readonly NamedService[],
  now: Temporal.Instant,
): ReadForm {
  const parsed = parseForm(fields, body, { now });
  if (!parsed.ok) return parsed;
  const { typed, values } = parsed;
  const decided: Decided[] = [];
  for (const subject of subjects) {
    const answer = readAnswer(subject, oneText(typed, `answer-${subjectKey(subject)}`));
    if (answer !== null) decided.push(answer);
  }
  for (const { key, recipient } of newSubjects) {
    const name = oneText(typed, `name-${key}`);
    const chosen = oneText(typed, `answer-${key}`);
    const known = services.find((service) => service.name.toLowerCase() === name.toLowerCase());
    const subject: ConsentSubject = {
      kind: 'share',
      recipient,
      name: known?.name ?? name,
      ...(recipient === 'service' && known !== undefined ? { serviceId: known.id } : {}),
    };
    const answer = readAnswer(subject, chosen);
    if (name === '' && answer === null) continue;
    const problem =
      name === ''
        ? `Enter the name of the ${recipient === 'service' ? 'service' : 'family member or friend'}`
        : answer === null
          ? `Say what was decided about ${name}`
          : null;
    if (problem !== null) {
      const anchor = name === '' ? `name-${key}` : `answer-${key}`;
      return { ok: false, typed, errors: [{ field: `name-${key}`, anchor, message: problem }] };
    }
    if (answer !== null) decided.push(answer);
  }
  return {
    ok: true,
    typed,
    input: {
      personId,
      decided,
      holder: values.holder,
      holderName: values.holderName ?? null,
      competence: values.competence,
      competenceShownBy: values.competenceShownBy ?? null,
      how: values.how,
      present: values.present,
      language: values.language,
      format: values.format,
      partnerRecords: values.partnerRecords === 'yes',
    },
  };
}

function readAnswer(subject: ConsentSubject, answer: string): Decided | null {
  if (answer === 'refused' || answer === 'withdrawn') return { subject, decision: answer, extent: null };
  const [given, detail] = answer.split(':');
  if (given !== 'given') return null;
  const extent = extents.find((entry) => entry === detail) ?? null;
  const contactHow = (['ring-or-text', 'text', 'ring'] as const).find((entry) => entry === detail) ?? null;
  return {
    subject,
    decision: 'given',
    extent: subject.kind === 'share' ? extent : null,
    contactHow: subject.kind === 'contact-after-release' ? contactHow : null,
  };
}
