import {
  readCro,
  readNhsNumber,
  readPnc,
  type LearnedIdentifier,
  type NewPerson,
} from '../../people/index.ts';
import type { SaidIdentity } from '../stay.ts';

// What the feed says of a person, in the words of the people module.

const SOURCE = 'custody feed';

/** A person as the feed describes them. Somebody without a name is described, never refused. */
export function personFromFeed(identity: SaidIdentity | null, today: Temporal.PlainDate): NewPerson {
  const given = identity?.givenName ?? null;
  const family = identity?.familyName ?? null;
  const unnamed = given === null && family === null;
  return {
    source: SOURCE,
    givenName: given,
    familyName: family,
    preferredName: identity?.preferredName ?? null,
    describedAs: identity?.description ?? (unnamed ? 'details not told yet' : null),
    birthDate: identity?.birthDate === undefined ? null : Temporal.PlainDate.from(identity.birthDate),
    birthDateBasis: 'partner-record',
    sex: identity?.sex ?? null,
    names: (identity?.aliases ?? []).map((alias) => ({
      kind: 'alias' as const,
      givenName: alias.givenName ?? null,
      familyName: alias.familyName ?? null,
    })),
    identifiers: identifiersOf(identity, today.year),
    addresses:
      identity?.address === undefined
        ? []
        : [
            {
              lines: identity.address.lines,
              postcode: identity.address.postcode ?? null,
              noFixedAbode: identity.address.noFixedAbode ?? false,
            },
          ],
  };
}

function identifiersOf(identity: SaidIdentity | null, year: number): readonly LearnedIdentifier[] {
  const found: LearnedIdentifier[] = [];
  const add = (
    kind: LearnedIdentifier['kind'],
    received: string | undefined,
    read: (text: string) => { readonly canonical: string | null; readonly valid: boolean },
  ) => {
    if (received === undefined) return;
    const { canonical, valid } = read(received);
    found.push({ kind, received, canonical: canonical ?? received.toUpperCase(), valid });
  };
  add('pnc', identity?.pncId, (text) => readPnc(text, year));
  add('cro', identity?.croNumber, readCro);
  add('nhs', identity?.nhsNumber, (text) => readNhsNumber(text, 'live-and-test'));
  return found;
}
