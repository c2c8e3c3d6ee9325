import { isNeedKind, needKinds } from '../people/index.ts';
import type { NeedKind } from '../people/index.ts';
import type { ListedTerm } from './service-listing.ts';

/** The taxonomy under which our own vocabulary travels in Open Referral files. */
export const needsTaxonomy = 'Throughline needs';

/**
 * Words of published taxonomies (the local government service list, Open Eligibility, council vocabularies) that
 * name one of our needs. Only a term the source itself attached is read: a need is never guessed from a description.
 * The order of the patterns does not matter; a term may name several needs.
 */
const patterns: Readonly<Record<NeedKind, RegExp>> = {
  'mental-health':
    /mental (ill )?health|mental illness|counselling|counseling|talking therap|psycholog|psychiatr|anxiety|depression|wellbeing support/,
  'self-harm': /self[ -]harm|suicid/,
  'learning-disability': /learning disabilit|intellectual disabilit/,
  autism: /autis|asperger|neurodiver/,
  adhd: /\badhd\b|attention deficit|neurodiver/,
  'speech-language-communication': /speech|language therap|communication (need|difficult|support|aid)/,
  'brain-injury': /brain injur|head injur|acquired brain/,
  alcohol: /alcohol|drinking problem|substance (mis)?use|addiction/,
  drugs: /\bdrugs?\b|substance (mis)?use|opiate|needle exchange|addiction/,
  gambling: /gambl/,
  'physical-health':
    /physical (ill )?health|\bgp\b|general practi|dentist|dental|sexual health|pharmac|wound|chronic (pain|illness)|long[ -]term condition/,
  trauma: /trauma|\bptsd\b/,
  'domestic-abuse': /domestic (abuse|violence)|intimate partner|women'?s refuge/,
  'sexual-abuse': /sexual (abuse|assault|violence)|\brape\b/,
  housing: /housing|homeless|tenan|rough sleep|supported accommodation|night shelter|hostel/,
  'money-debt': /\bdebt|money (advice|management|worr)|budgeting|financial (advice|support|help)|food bank/,
  benefits:
    /\bbenefits? (advice|claim|support|entitlement)|welfare (benefits|rights)|universal credit|^benefits$/,
  'employment-education-training':
    /employment|job (search|centre|skills)|apprentice|adult learning|adult education|vocational|training course|literacy|numeracy|volunteering/,
  'family-caring': /parenting|family support|\bcarers?\b|caring for|relationship support|mediation/,
  'safeguarding-child': /child protection|safeguarding children|children at risk/,
  'safeguarding-adult': /adult protection|safeguarding adults|adults at risk/,
  exploitation: /exploitation|county lines|modern slavery|trafficking/,
  'armed-forces': /armed forces|veteran|ex[ -]service|military famil/,
  women: /women'?s (centre|support|service|group)|services for women/,
  'young-person': /young (people|person|adult)|youth (support|service|club|work|justice)|teenage/,
  'offence-related-vulnerability': /offence[ -]related vulnerab|accused of sexual/,
};

/** The needs that a source's terms name, in the vocabulary's order. A term that names none is simply not mapped. */
export function needsFromTerms(terms: readonly ListedTerm[]): readonly NeedKind[] {
  const words = terms.flatMap((term) => [term.name, term.code ?? '']).map((word) => word.toLowerCase());
  return needKinds
    .map((kind) => kind.key)
    .filter((key) => words.some((word) => word === key || patterns[key].test(word)));
}

/** The needs given in our own taxonomy, and the terms that are the source's own. */
export function splitTerms(terms: readonly ListedTerm[]): {
  readonly needs: readonly NeedKind[];
  readonly terms: readonly ListedTerm[];
} {
  const ours = new Set<NeedKind>();
  const theirs: ListedTerm[] = [];
  for (const term of terms) {
    if (term.taxonomy === needsTaxonomy && term.code !== undefined && isNeedKind(term.code))
      ours.add(term.code);
    else theirs.push(term);
  }
  for (const need of needsFromTerms(theirs)) ours.add(need);
  return { needs: needKinds.map((kind) => kind.key).filter((key) => ours.has(key)), terms: theirs };
}
