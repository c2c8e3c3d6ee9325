/** Invented people and lists in the real structure, for tests and measurements. Nobody here exists. */

const given = [
  'Amina',
  'Tomasz',
  'Grace',
  'Delroy',
  'Siân',
  'Harpreet',
  'Oluwaseun',
  'Mei',
  'Callum',
  'Yusuf',
  'Róisín',
  'Edith',
];
const family = [
  "O'Hanlon",
  'Adeyemi',
  'Kowalczyk',
  'Fairclough',
  'Begum',
  'Whitworth',
  'Nguyen',
  'Sandhu',
  'Bright-Jones',
  'McKie',
  'Ferreira',
];
const streets = ['Larch Road', 'Mill Brow', 'Canal Side', 'Station Approach', 'Old Chapel Lane'];
const offences = [
  ['TH68010', 'Theft from a shop', 'Contrary to section 1(1) and 7 of the Theft Act 1968.'],
  ['CJ88001', 'Common assault', 'Contrary to section 39 of the Criminal Justice Act 1988.'],
  ['CD71039', 'Criminal damage to property', 'Contrary to section 1(1) of the Criminal Damage Act 1971.'],
] as const;

function pick<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** Text as XML writes it. */
export function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** One invented case, number `index`; every fortieth defendant is a company, every twentieth is 16. */
export function inventedCase(index: number, overrides: Readonly<Record<string, string>> = {}): string {
  const organisation = index % 40 === 39;
  const [code, title, act] = pick(offences, index);
  const forename = pick(given, index * 7);
  const surname = pick(family, index * 5 + Math.floor(index / 11));
  const born =
    index % 20 === 19
      ? '14/03/2010'
      : `${String((index % 28) + 1).padStart(2, '0')}/06/${1950 + (index % 50)}`;
  const values: Record<string, string> = {
    c_id: String(1_000_000 + index),
    h_id: String(2_000_000 + index),
    caseno: String(2_600_000_000 + index),
    def_name: organisation ? `Invented Haulage ${index} Ltd` : `Mx ${forename} ${surname.toUpperCase()}`,
    def_dob: organisation ? '' : born,
    def_type: organisation ? 'O' : 'P',
    def_sex: pick(['M', 'F', 'N'], index),
    pcode: 'ZZ99 3VZ',
    ...overrides,
  };
  const value = (key: string): string => xmlText(values[key] ?? '');
  const elements = organisation
    ? ''
    : `<def_name_elements><title>Mx</title><forename1>${xmlText(forename)}</forename1><forename2/><forename3/><surname>${xmlText(surname.toUpperCase())}</surname></def_name_elements>`;
  return `<case><c_id>${value('c_id')}</c_id><h_id>${value('h_id')}</h_id><valid>Y</valid><caseno>${value('caseno')}</caseno><type>C</type>
<def_name>${value('def_name')}</def_name><def_dob>${value('def_dob')}</def_dob><def_type>${value('def_type')}</def_type><def_sex>${value('def_sex')}</def_sex>
${elements}<def_addr><line1>${(index % 90) + 1} ${pick(streets, index)}</line1><line3>Inventown</line3><pcode>${value('pcode')}</pcode></def_addr>
<inf>POL01</inf><cseq>${index + 1}</cseq><listno>1st</listno>
<offences><offence><oseq>1</oseq><co_id>${3_000_000 + index}</co_id><code>${code}</code><maxpen>EW: 6M &amp;/or Ultd Fine</maxpen><title>${title}</title>
<sum>On 02/11/2026 at Inventown, an invented matter number ${index}.</sum><as>${act}</as><plea>NG</plea><pleadate>20/11/2026</pleadate></offence></offences></case>`;
}

/** A daily list of `cases` for one court and day, over rooms of 40 cases, as an external document request in SOAP. */
export function inventedList(cases: readonly string[], day = '23/11/2026', court = 'B06IS00'): string {
  const [dd, mm, yyyy] = day.split('/');
  const sessions: string[] = [];
  for (let from = 0; from < cases.length; from += 40) {
    const room = String(sessions.length + 1).padStart(2, '0');
    sessions.push(
      `<session><s_id>${500_000 + from}</s_id><doh>${day}</doh><lja>Greater Manchester</lja><panel>Adult Panel</panel><court>Manchester Magistrates' Court</court><room>${room}</room><sstart>10:00</sstart><send>13:00</send><blocks><block><sb_id>${700_000 + from}</sb_id><bstart>10:00</bstart><bend>13:00</bend><desc>First Hearings Slot</desc><cases>${cases.slice(from, from + 40).join('\n')}</cases></block></blocks></session>`,
    );
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:ns35="http://www.justice.gov.uk/magistrates/external/ExternalDocumentRequest">
<soap:Header xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsa:MessageID>invented-message-1</wsa:MessageID></soap:Header>
<soap:Body><ns35:ExternalDocumentRequest><documents><document><info><source_file_name>5_${dd}${mm}${yyyy}_2992_${court}_ADULT_COURT_LIST_DAILY</source_file_name></info>
<data><job><printdate>${day}</printdate><sessions>${sessions.join('\n')}</sessions></job></data></document></documents></ns35:ExternalDocumentRequest></soap:Body></soap:Envelope>`;
}

/** `count` invented cases. */
export function inventedCases(count: number): string[] {
  return Array.from({ length: count }, (_, index) => inventedCase(index));
}

/** An invented Common Platform hearing with one defendant a case, changed by `change` before it is written. */
export function inventedHearing(
  people: readonly unknown[],
  change: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    hearing: {
      id: 'A1B2C3D4-0000-4000-8000-000000000001',
      jurisdictionType: 'MAGISTRATES',
      type: { description: 'First hearing' },
      courtCentre: { code: 'B06IS00', name: "Manchester Magistrates' Court", roomName: 'Courtroom 03' },
      hearingDays: [
        { sittingDay: '2026-06-15T09:00:00.000Z', listingSequence: 1, listedDurationMinutes: 20 },
      ],
      prosecutionCases: [
        {
          id: 'c0000000-0000-4000-8000-000000000001',
          prosecutionCaseIdentifier: { caseURN: '06AA1234526' },
          defendants: people,
        },
      ],
      ...change,
    },
  };
}

/** An invented defendant. */
export function inventedDefendant(
  index: number,
  change: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    id: `d0000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    masterDefendantId: `e0000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    isYouth: false,
    offences: [
      {
        id: `f0000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
        offenceCode: 'TH68010',
        offenceTitle: 'Theft from a shop',
        wording: 'An invented matter.',
      },
    ],
    personDefendant: {
      personDetails: {
        title: 'Ms',
        firstName: pick(given, index),
        lastName: pick(family, index),
        dateOfBirth: '1991-04-12',
        gender: 'FEMALE',
        address: { address1: `${index + 1} Mill Brow`, address2: 'Inventown', postcode: 'M1 1AE' },
        contact: { mobile: '07700 900123' },
      },
    },
    ...change,
  };
}
