import type { ConsentLine, PictureSource } from '../people/index.ts';
import { whatMayGo } from './consent-page.ts';
import { consentStatuses, type ConsentStatus } from './consent-statuses.ts';
import { subjectWords } from './consent-subject.ts';
import { shapeOf } from './consent-words.ts';

/** Who may have what, for the picture of need: one line for each recipient that matters or was asked about. */
export function consentPicture(): PictureSource {
  return {
    module: 'consent',
    async consent({ tx, viewer, personId, now }) {
      const statuses = await consentStatuses(tx, viewer, personId, now);
      return statuses.filter(isWorthALine).map(lineOf);
    },
  };
}

/** What is rarely asked stands on the picture only once it was. */
function isWorthALine({ subject, state }: ConsentStatus): boolean {
  if (state !== 'not-asked') return true;
  if (subject.kind === 'look-up') return false;
  return !(subject.kind === 'share' && (subject.recipient === 'defence' || subject.recipient === 'prison'));
}

function lineOf(status: ConsentStatus): ConsentLine {
  const name =
    status.subject.kind === 'share' && status.subject.recipient === 'police'
      ? 'Investigator, CPS'
      : subjectWords(status.subject);
  const given = status.state === 'given';
  const asked = status.state !== 'not-asked';
  return {
    status: { shape: shapeOf(status.state, status.extent), text: name },
    what: given ? (whatMayGo(status) ?? 'Yes') : asked ? nothingWords(status) : 'Not asked yet',
    source: {
      text: asked ? status.words : askWords(status),
      ...(status.state === 'expired' || status.state === 'conflict' ? { old: true } : {}),
    },
  };
}

function nothingWords(status: ConsentStatus): string {
  return status.state === 'expired' ? 'Nothing until asked again' : 'Nothing';
}

function askWords(status: ConsentStatus): string {
  return status.subject.kind === 'share' && status.subject.recipient === 'court'
    ? 'Ask at court'
    : 'Ask when you talk';
}
