import type { BoardModel } from '../src/platform/views/board.ts';

// Invented content for the page that shows every component; the design reference's own story.

const columns = [
  { text: 'Where', width: 'place' },
  { text: 'Person', width: 'person' },
  { text: 'Next action', width: 'next' },
  { text: 'Contact with us', width: 'contact' },
  { text: 'Alerts', width: 'alerts' },
  { text: 'Appropriate adult', width: 'adult' },
  { text: 'Time in custody' },
] as const;

const boardModel: BoardModel = {
  id: 'board',
  caption: 'Everyone detained or attending voluntarily, most urgent first',
  columns,
  bands: [
    {
      text: 'Act now',
      note: '1 person. First to run out of time is first',
      now: true,
      rows: [
        {
          id: 'row-11',
          now: true,
          cells: [
            { kind: 'place', text: '11', note: 'Cell' },
            { kind: 'name', text: 'Graham Pell', href: '#a', source: '52, he. 5 earlier episodes' },
            {
              kind: 'next',
              when: '09:25',
              now: true,
              text: 'Ring for arrival time',
              href: '#b',
              about: 'Graham Pell',
              source: 'Health check every 30 min. You.',
            },
            {
              kind: 'status',
              label: 'Contact',
              shape: 'done',
              text: 'Seen 07:40',
              source: 'Bed search started 08:15',
            },
            { kind: 'list', label: 'Alerts', items: ['Mental health crisis'], empty: 'None recorded' },
            { kind: 'status', label: 'Appropriate adult', shape: 'stop', text: 'Does not apply' },
            { kind: 'clock', text: '2h 07m', share: 9, source: ['of 24h, to 07:05 Wed', 'Section 136'] },
          ],
        },
      ],
    },
    {
      text: 'Seen, waiting for someone else',
      note: '1 person',
      rows: [
        {
          id: 'row-v3',
          changed: true,
          cells: [
            { kind: 'place', text: 'V3', note: 'Voluntary' },
            { kind: 'name', text: 'Farah Siddiqui', href: '#c', badge: 'New 08:40', source: '47, she' },
            { kind: 'next', text: 'Nothing due', source: 'Contact card given 08:56' },
            { kind: 'status', label: 'Contact', shape: 'none', text: 'Not offered yet' },
            { kind: 'list', label: 'Alerts', items: [], empty: 'Not asked yet' },
            { kind: 'status', label: 'Appropriate adult', shape: 'wait', text: 'On the way' },
            { kind: 'clock', text: '26h 22m', share: 73, late: true, source: 'of 36h, to 18:50' },
          ],
        },
      ],
    },
  ],
};

const person = {
  label: 'Person',
  heading: 'Callum Brennan',
  about: [['Likes to be called Cal. He'], ['34, born 17 August 1992']],
  small: 'NHS number 999 417 2085, traced 22:58',
  where: {
    strong: 'Longsight custody, cell 7',
    big: '10h 31m',
    text: 'of 24h, to 22:41 today',
    small: 'Worked out from the custody feed 09:11.',
  },
  alerts: [
    { shape: 'now', text: 'Suicidal thoughts, told us 23:20 last night' },
    { shape: 'due', text: 'Alcohol withdrawal, moderate at 07:50' },
  ],
  note: { lead: 'Talking with Cal:', text: 'read aloud, one thing at a time.' },
  tabs: {
    label: 'Record',
    items: [
      { href: '#p', text: 'Picture of need', current: true },
      { href: '#s', text: 'Screening' },
      { href: '#r', text: 'Reports' },
    ],
  },
};

const five = ['Never', 'Monthly or less', '2 to 4 times a month', '2 to 3 times a week', '4 or more a week'];

/** What `views/gallery.njk` shows. */
export const galleryContent = {
  boardModel,
  person,
  filterItems: [
    { href: '#x', text: 'Everyone', count: 14, current: true },
    { href: '#y', text: 'Not seen', count: 9 },
  ],
  nowLines: [
    {
      when: '09:50',
      what: 'Withdrawal check due. 11 at 07:50',
      source: ['CIWA-Ar', 'S Mistry, nurse', 'next medicine 12:10'],
      act: { href: '#n', text: 'See the series' },
    },
    { when: 'Release', what: 'No charged phone with him', source: ['Property list 22:50'] },
  ],
  keyRows: [
    { key: 'What helps', text: 'Ringing Aoife, being told the time', source: ['Safety plan', '2 May 2026'] },
    { key: 'To others', text: 'Not asked yet', shape: 'none' },
    { key: 'Record', text: 'PTSD', source: ['Partner record'], old: '12 months, check with Cal' },
  ],
  needs: {
    caption: 'Needs, how we know, and who already helps',
    columns: [{ text: 'Need', width: 'm' }, { text: 'How we know' }, { text: 'Services' }, { text: 'Next' }],
    rows: [
      {
        cells: [
          { text: 'Alcohol', source: 'Drinks most days' },
          { text: 'Screened', source: '09:14 today' },
          { shape: 'part', text: 'Used before' },
          { text: 'Prepare', href: '#q', about: 'Alcohol' },
        ],
      },
      {
        cells: [
          { text: 'Housing' },
          { text: 'Told us', old: '8 months' },
          { text: 'Waiting 82 days' },
          { text: 'Nothing due', quiet: true },
        ],
      },
    ],
  },
  heldItems: [
    { what: 'What he said about last night', why: 'Stays with the clinician.', note: 'Never sent' },
    { what: 'PTSD diagnosis', why: 'A partner’s record.', act: { href: '#z', text: 'Ask Cal again' } },
  ],
  callItems: [
    {
      when: 'Day 1',
      what: 'Gemma Lyle',
      href: '#g',
      text: 'Released yesterday 21:15 on bail',
      source: ['First try'],
      caution: 'He may hold her phone. Say “library”.',
      acts: [
        { href: '#r', text: 'Ring', about: 'Gemma Lyle', primary: true },
        { href: '#t', text: 'Text', about: 'Gemma Lyle' },
      ],
    },
  ],
  figures: {
    caption: 'Calls this week',
    firstCellIsHeader: true,
    head: [{ text: 'Day' }, { text: 'Calls', format: 'numeric' }],
    rows: [
      [{ text: 'Monday' }, { text: '4' }],
      [{ text: 'Tuesday' }, { text: '7' }],
    ],
  },
  summary: [{ key: 'Team', text: 'Longsight', actions: [{ href: '#w', text: 'Change', about: 'team' }] }],
  questions: [
    {
      name: 'a1',
      number: 1,
      text: 'How often do you have a drink containing alcohol?',
      choices: five.map((text, code) => ({ code, text })),
      chosen: 'value:4',
      previous: { shape: 'done', text: 'Answered today, 23:20, to S Mistry, nurse.' },
    },
    {
      name: 'a2',
      number: 2,
      text: 'Have you ever had a fit when you stopped drinking?',
      hint: 'Say it slowly.',
      choices: [
        { code: 'yes', text: 'Yes' },
        { code: 'no', text: 'No' },
      ],
      error: 'Choose one of the answers',
      previous: {
        text: '2 May 2026: No.',
        old: '7 months old',
        reuse: { name: 'reuse', value: 'a2' },
      },
    },
  ],
  places: [
    { value: 'cell', text: 'Cell', hint: 'Custody' },
    { value: 'court', text: 'Court' },
  ],
  seen: { day: '24', month: '11', year: '2026', time: '09:12' },
  form: {
    typed: { name: '', 'born-day': '31', 'born-month': '2', 'born-year': '1992', needs: ['court'] },
    errorOf: { name: 'Enter a name', born: 'Date of birth must be a real date' },
  },
  errors: {
    title: 'There is a problem',
    list: [
      { text: 'Enter a name', href: '#name' },
      { text: 'Date of birth must be a real date', href: '#born-day' },
    ],
  },
};
