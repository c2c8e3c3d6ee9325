import { at, type StoryStay } from './custody-feed.ts';

// Who is in the suites when the demonstration starts, in minutes before it, so that the board is alive whenever it is
// opened. Everybody is invented.

/** From the range that is never given to anybody. */
const callumsNumber = '9994172085';

export const longsight: readonly StoryStay[] = [
  {
    key: 'callum',
    person: {
      given: 'Callum',
      family: 'Brennan',
      preferred: 'Cal',
      born: '1992-08-17',
      sex: 'male',
      nhs: callumsNumber,
      address: { lines: '14 Larkfield Road, Levenshulme', postcode: 'M19 2QE' },
    },
    suite: 'GM-LS',
    place: '7',
    arrived: 631,
    later: [
      [625, 'detention-authorised'],
      [610, 'appropriate-adult-needed', { needed: 'no', reason: 'Custody officer' }],
      [592, 'alert', { what: 'Suicidal thoughts', urgency: 'now' }],
      [268, 'review-done'],
      [82, 'alert', { what: 'Alcohol withdrawal, moderate', urgency: 'soon' }],
      [20, 'investigator', { name: 'DC Aled Price', contact: 'aled.price@police.example' }],
      [12, 'charge-decision-due', { at: at(78) }],
    ],
  },
  {
    key: 'graham',
    person: { given: 'Graham', family: 'Pell', born: '1974-02-09', sex: 'male' },
    suite: 'GM-LS',
    place: '11',
    basis: 's136',
    arrived: 127,
    later: [
      [125, 'alert', { what: 'Mental health crisis', urgency: 'now' }],
      [120, 'alert', { what: 'Police cell as place of safety', urgency: 'soon' }],
    ],
  },
  {
    key: 'seun',
    person: { given: 'Seun', family: 'Bakare', born: '2000-05-23', sex: 'male' },
    suite: 'GM-LS',
    place: 'V2',
    voluntary: true,
    arrived: 12,
    later: [
      [11, 'interview', { at: at(-5) }],
      [10, 'expected-end', { at: at(28) }],
    ],
  },
  {
    key: 'ewan',
    person: {
      given: 'Ewan',
      family: 'Marsh',
      aged: [15, 8],
      sex: 'male',
      address: { lines: '3 Hawthorn Walk, Gorton', postcode: 'M18 7TH' },
    },
    suite: 'GM-LS',
    place: '3',
    arrived: 412,
    later: [
      [408, 'detention-authorised'],
      [405, 'appropriate-adult-needed', { needed: 'yes', reason: 'child' }],
      [382, 'appropriate-adult-asked'],
      [380, 'alert', { what: 'Child in custody overnight', urgency: 'soon' }],
      [371, 'alert', { what: 'ADHD medicine not given', urgency: 'soon' }],
      [60, 'interview', { at: at(48) }],
    ],
  },
  {
    key: 'piotr',
    person: { given: 'Piotr', family: 'Zieliński', born: '1985-01-30', sex: 'male' },
    suite: 'GM-LS',
    place: '9',
    arrived: 462,
    later: [
      [455, 'detention-authorised'],
      [237, 'alert', { what: 'Chest pain, cleared', urgency: 'note' }],
    ],
  },
  {
    key: 'margaret',
    person: { given: 'Margaret', family: 'Doyle', born: '1965-07-14', sex: 'female' },
    suite: 'GM-LS',
    place: '1',
    arrived: 182,
    later: [
      [178, 'detention-authorised'],
      [160, 'appropriate-adult-needed', { needed: 'no', reason: 'Custody officer' }],
      [150, 'alert', { what: 'Diabetes, insulin due at midday', urgency: 'soon' }],
    ],
  },
  {
    key: 'leanne',
    person: { given: 'Leanne', family: 'Foster', born: '1993-11-05', sex: 'female' },
    suite: 'GM-LS',
    place: '5',
    arrived: 267,
    later: [
      [262, 'detention-authorised'],
      [250, 'alert', { what: 'Pregnant, 20 weeks', urgency: 'now' }],
    ],
  },
  {
    key: 'kwame',
    person: { given: 'Kwame', family: 'Asante', born: '1981-09-19', sex: 'male' },
    suite: 'GM-LS',
    place: '14',
    arrived: 32,
    later: [[26, 'detention-authorised']],
  },
  {
    key: 'dylan',
    person: { given: 'Dylan', family: 'Hughes', born: '2007-04-28', sex: 'male' },
    suite: 'GM-LS',
    place: '2',
    arrived: 717,
    later: [
      [712, 'detention-authorised'],
      [700, 'appropriate-adult-needed', { needed: 'yes', reason: 'seems not to follow questions' }],
      [690, 'appropriate-adult-asked'],
      [350, 'review-done'],
      [57, 'appropriate-adult-arrived', { name: 'Scheme volunteer' }],
      [50, 'alert', { what: 'First time in custody', urgency: 'note' }],
    ],
  },
  {
    key: 'sunita',
    person: { given: 'Sunita', family: 'Patel', born: '1988-06-21', sex: 'female' },
    suite: 'GM-LS',
    place: '8',
    arrived: 1582,
    later: [
      [1578, 'detention-authorised'],
      [1220, 'review-done'],
      [680, 'review-done'],
      [240, 'extension', { totalHours: 36, indictable: true }],
      [1500, 'alert', { what: 'Domestic abuse: do not ring home', urgency: 'now' }],
      [140, 'review-done'],
    ],
  },
  {
    key: 'thomas',
    person: { given: 'Thomas', family: 'Ashworth', born: '1969-03-03', sex: 'male', pnc: '1996/0452873F' },
    suite: 'GM-LS',
    place: '10',
    arrived: 890,
    later: [
      [884, 'detention-authorised'],
      [870, 'appropriate-adult-needed', { needed: 'yes', reason: 'learning disability' }],
      [860, 'appropriate-adult-asked'],
      [72, 'appropriate-adult-arrived'],
      [520, 'review-done'],
      [67, 'alert', { what: 'Methadone given', urgency: 'note' }],
      [50, 'charged', { remanded: true, courtCode: 'B06IS', courtDate: 'today' }],
    ],
  },
  {
    key: 'jordan',
    person: { given: 'Jordan', family: 'Lee', born: '2004-10-08', sex: 'other' },
    suite: 'GM-LS',
    place: 'V1',
    voluntary: true,
    arrived: 77,
    later: [
      [75, 'appropriate-adult-needed', { needed: 'yes', reason: 'autism' }],
      [72, 'appropriate-adult-arrived'],
      [40, 'interview-ended'],
      [20, 'expected-end', { at: at(45) }],
    ],
  },
  {
    key: 'unnamed',
    person: { description: 'man, about 30', sex: 'male' },
    suite: 'GM-LS',
    place: '4',
    arrived: 222,
    later: [[216, 'detention-authorised']],
  },
  {
    key: 'farah',
    person: { given: 'Farah', family: 'Siddiqui', born: '1979-12-12', sex: 'female' },
    suite: 'GM-LS',
    place: 'V3',
    voluntary: true,
    arrived: 52,
    later: [[50, 'appropriate-adult-needed', { needed: 'no', reason: 'Investigator' }]],
  },
];

export const elsewhere: readonly StoryStay[] = [
  {
    key: 'amara',
    person: {
      given: 'Amara',
      family: 'Conteh',
      aged: [16, 5],
      sex: 'female',
      address: { lines: '21 Orchard Street, Salford', postcode: 'M6 5FX' },
    },
    suite: 'GM-SW',
    place: '4',
    arrived: 95,
    later: [
      [90, 'detention-authorised'],
      [88, 'appropriate-adult-needed', { needed: 'yes', reason: 'child' }],
      [85, 'appropriate-adult-asked'],
    ],
  },
  {
    key: 'owen',
    person: { given: 'Owen', family: 'Tierney', born: '1958-08-29', sex: 'male' },
    suite: 'GM-SW',
    place: '2',
    arrived: 301,
    later: [[296, 'detention-authorised']],
  },
  {
    key: 'ngozi',
    person: { given: 'Ngozi', family: 'Okafor', born: '1996-02-17', sex: 'female' },
    suite: 'GM-CH',
    place: '6',
    arrived: 208,
    later: [[203, 'detention-authorised']],
  },
  {
    key: 'bogdan',
    person: { given: 'Bogdan', family: 'Popescu', born: '1990-05-06', sex: 'male' },
    suite: 'GM-BO',
    place: '3',
    arrived: 77,
    later: [[72, 'detention-authorised']],
  },
];

export const left: readonly StoryStay[] = [
  {
    key: 'ross',
    person: { given: 'Ross', family: 'Unsworth', born: '1976-10-02', sex: 'male' },
    suite: 'GM-LS',
    place: '13',
    arrived: 800,
    later: [
      [795, 'detention-authorised'],
      [360, 'released', { outcome: 'released-under-investigation' }],
    ],
  },
  {
    key: 'nadia',
    person: { given: 'Nadia', family: 'Rashid', born: '2002-07-07', sex: 'female' },
    suite: 'GM-LS',
    place: 'V4',
    voluntary: true,
    arrived: 300,
    later: [[230, 'left', { outcome: 'voluntary-left' }]],
  },
];

const callum = {
  given: 'Callum',
  family: 'Brennan',
  preferred: 'Cal',
  born: '1992-08-17',
  sex: 'male',
  nhs: callumsNumber,
} as const;

/** Callum's three earlier stays, days ago. A worker of that suite says at the time that it is the same person. */
export const earlier: readonly (StoryStay & { readonly daysAgo: number; readonly settledBy: string })[] = [
  {
    daysAgo: 619,
    settledBy: 'hannah',
    key: 'callum-1',
    person: callum,
    suite: 'GM-LS',
    place: '2',
    arrived: 600,
    later: [
      [594, 'detention-authorised'],
      [60, 'released', { outcome: 'no-further-action' }],
    ],
  },
  {
    daysAgo: 415,
    settledBy: 'ayesha',
    key: 'callum-2',
    person: callum,
    suite: 'GM-SW',
    place: '9',
    arrived: 800,
    later: [
      [794, 'detention-authorised'],
      [20, 'bailed', { outcome: 'charged-bailed' }],
    ],
  },
  {
    daysAgo: 205,
    settledBy: 'hannah',
    key: 'callum-3',
    person: callum,
    suite: 'GM-LS',
    place: '7',
    arrived: 980,
    later: [
      [974, 'detention-authorised'],
      [20, 'released', { outcome: 'community-resolution' }],
    ],
  },
];
