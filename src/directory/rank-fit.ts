import { needLabel } from '../people/index.ts';
import type { NeedKind } from '../people/index.ts';
import { areaCovers } from './places.ts';
import type { AccessNeed, ServiceSeeker } from './service-seeker.ts';
import { accessibilityOf } from './service-listing.ts';
import type { ServiceGroup, ServiceListing } from './service-listing.ts';

/**
 * `for`: speaks for it. `check`: may be right, ask first. `note`: good to know, changes only the order.
 * `excludes`: not for this person.
 */
export type RankEffect = 'for' | 'check' | 'note' | 'excludes';

/** One reason, in words that can be read out to the person. */
export interface RankReason {
  readonly about:
    | 'open'
    | 'need'
    | 'age'
    | 'group'
    | 'area'
    | 'language'
    | 'access'
    | 'eligibility'
    | 'tried-before'
    | 'our-referrals'
    | 'verified'
    | 'waiting'
    | 'distance';
  readonly effect: RankEffect;
  readonly words: string;
}

const needWords: Partial<Readonly<Record<NeedKind, string>>> = {
  adhd: 'ADHD',
  women: 'what women need',
  'young-person': 'what young people need',
  'armed-forces': 'life in and after the armed forces',
  'safeguarding-child': 'keeping children safe',
  'safeguarding-adult': 'keeping adults safe',
  'offence-related-vulnerability': 'the effects of an allegation',
};

/** A need inside a sentence: "Helps with money and debt". */
function needInWords(kind: NeedKind): string {
  return needWords[kind] ?? needLabel(kind).toLowerCase();
}

/** Closed and full services are said so, not hidden: someone may ask why they are not offered. */
export function openReasons(listing: ServiceListing): readonly RankReason[] {
  const reason = (effect: RankEffect, words: string): RankReason => ({ about: 'open', effect, words });
  if (listing.status === 'defunct') return [reason('excludes', 'Has closed for good')];
  if (listing.status === 'inactive') return [reason('excludes', 'Is not running')];
  if (listing.status === 'temporarily-closed') return [reason('excludes', 'Is closed for now')];
  const full = listing.capacity === 'full' ? [reason('check', 'Is not taking people at the moment')] : [];
  if (listing.status === 'unknown')
    return [reason('check', 'Does not say whether it is open: check first'), ...full];
  return full;
}

/** The need searched for decides; other needs it also helps with speak for it. */
export function needReasons(listing: ServiceListing, seeker: ServiceSeeker): readonly RankReason[] {
  if (listing.needs.length === 0)
    return [{ about: 'need', effect: 'check', words: 'Does not say in our words what it helps with' }];
  if (!listing.needs.includes(seeker.need))
    return [{ about: 'need', effect: 'excludes', words: `Does not list ${needInWords(seeker.need)}` }];
  const others = seeker.otherNeeds.filter((need) => need !== seeker.need && listing.needs.includes(need));
  return [seeker.need, ...new Set(others)].map((need, at) => ({
    about: 'need',
    effect: 'for',
    words: `${at === 0 ? 'Helps with' : 'Also helps with'} ${needInWords(need)}`,
  }));
}

function ageWords({ minAge, maxAge }: ServiceListing): string {
  if (minAge !== undefined && maxAge !== undefined) return `Takes people from ${minAge} to ${maxAge}`;
  return minAge === undefined ? `Takes people up to ${maxAge}` : `Takes people from ${minAge}`;
}

/** Both limits include the year named: "up to 18" takes someone who is 18. */
export function ageReason(listing: ServiceListing, seeker: ServiceSeeker): readonly RankReason[] {
  const { minAge, maxAge } = listing;
  if (minAge === undefined && maxAge === undefined) return [];
  const words = ageWords(listing);
  if (seeker.age.kind !== 'value')
    return [{ about: 'age', effect: 'check', words: `${words}: we do not know the age` }];
  const age = seeker.age.value;
  const outside = (minAge !== undefined && age < minAge) || (maxAge !== undefined && age >= maxAge + 1);
  return [{ about: 'age', effect: outside ? 'excludes' : 'for', words: outside ? `${words} only` : words }];
}

const groupWords: Readonly<Record<ServiceGroup, string>> = {
  women: 'Women only',
  men: 'Men only',
  'armed-forces-community': 'Armed forces community only',
};

function inGroup(group: ServiceGroup, seeker: ServiceSeeker): boolean | undefined {
  if (group === 'armed-forces-community')
    return seeker.armedForces.kind === 'value' ? seeker.armedForces.value : undefined;
  // someone whose gender is neither asks the service, or we ask for them: it is not ours to exclude them
  if (seeker.gender.kind !== 'value' || seeker.gender.value === 'another') return undefined;
  return seeker.gender.value === (group === 'women' ? 'woman' : 'man');
}

/** Services for one group only, and free words about who may come, which a person has to read. */
export function groupReasons(listing: ServiceListing, seeker: ServiceSeeker): readonly RankReason[] {
  const groups = listing.onlyFor.map((group): RankReason => {
    const member = inGroup(group, seeker);
    const effect = member === undefined ? 'check' : member ? 'for' : 'excludes';
    const words = groupWords[group];
    return { about: 'group', effect, words: member === undefined ? `${words}: check this is right` : words };
  });
  const { eligibility } = listing;
  return eligibility === undefined
    ? groups
    : [...groups, { about: 'eligibility', effect: 'note', words: `Says: ${eligibility}` }];
}

/** Areas named in words: covering the district, naming only others, or not understood. */
export function areaReason(listing: ServiceListing, seeker: ServiceSeeker): readonly RankReason[] {
  const reason = (effect: RankEffect, words: string): readonly RankReason[] => [
    { about: 'area', effect, words },
  ];
  if (listing.areas.length === 0) return reason('note', 'Does not say which area it serves');
  const names = [...new Set(listing.areas.map((area) => area.name))].join(', ');
  if (seeker.district.kind !== 'value')
    return reason('note', `Serves ${names}: we do not know where they live`);
  const district = seeker.district.value;
  const covers = listing.areas.map((area) => areaCovers(area.name, district));
  if (covers.includes('covers')) return reason('for', `Serves ${district}`);
  if (covers.includes('unknown'))
    return reason('check', `Serves ${names}: check that this includes ${district}`);
  return reason('excludes', `Serves ${names} only`);
}

/** A language other than English: spoken there, by interpreter, or not said. */
export function languageReason(listing: ServiceListing, seeker: ServiceSeeker): readonly RankReason[] {
  const { language } = seeker;
  if (language === undefined) return [];
  const wanted = language.toLowerCase();
  if (listing.languages.some((one) => one.toLowerCase() === wanted))
    return [{ about: 'language', effect: 'for', words: `Speaks ${language}` }];
  return listing.interpretation === undefined
    ? [
        {
          about: 'language',
          effect: 'note',
          words: `Does not say it speaks ${language}: an interpreter is needed`,
        },
      ]
    : [{ about: 'language', effect: 'note', words: `Interpreters: ${listing.interpretation}` }];
}

const accessPatterns: Readonly<Record<AccessNeed, { readonly pattern: RegExp; readonly words: string }>> = {
  'step-free': {
    pattern: /step[ -]free|wheelchair|level access|\blift\b|\bramp\b/i,
    words: 'step-free access',
  },
  'hearing-loop': { pattern: /hearing loop|induction loop/i, words: 'a hearing loop' },
  'sign-language': { pattern: /sign language|\bbsl\b/i, words: 'British Sign Language' },
  'quiet-space': { pattern: /quiet|low[ -]stimul|sensory/i, words: 'a quiet space' },
  'easy-read': { pattern: /easy[ -]read/i, words: 'easy read papers' },
};
// "no step-free access" must not speak for a place
const denied = /\b(no|not|without|isn't|cannot)\b/i;

/** Access needs against what the places say; silence is not a no. */
export function accessReasons(listing: ServiceListing, seeker: ServiceSeeker): readonly RankReason[] {
  const said = accessibilityOf(listing);
  return [...new Set(seeker.accessNeeds)].map((need): RankReason => {
    const { pattern, words } = accessPatterns[need];
    const about = said.filter((one) => pattern.test(one));
    if (about.some((one) => !denied.test(one)))
      return { about: 'access', effect: 'for', words: `Has ${words}` };
    const [first] = about;
    return first === undefined
      ? { about: 'access', effect: 'note', words: `Does not say whether it has ${words}` }
      : { about: 'access', effect: 'check', words: `Says: ${first}` };
  });
}
