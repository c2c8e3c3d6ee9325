// A day's list of a magistrates' court as Libra sends it, about invented people.

/** One line of the list. */
export interface ListedLine {
  readonly given: string;
  readonly family: string;
  /** ISO date. */
  readonly born: string;
  readonly sex: 'M' | 'F' | 'N';
  readonly offence: keyof typeof offences;
  readonly pnc?: string;
  readonly postcode?: string;
  readonly address?: string;
}

export interface ListedRoom {
  readonly room: string;
  readonly starts: string;
  readonly youth?: boolean;
  readonly block: string;
  readonly lines: readonly ListedLine[];
}

const offences = {
  theft: ['TH68010', 'Theft from a shop', 'Contrary to section 1(1) and 7 of the Theft Act 1968.'],
  assault: ['CJ88001', 'Common assault', 'Contrary to section 39 of the Criminal Justice Act 1988.'],
  damage: [
    'CD71039',
    'Criminal damage to property',
    'Contrary to section 1(1) of the Criminal Damage Act 1971.',
  ],
} as const;

const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The whole list of one court and day as bytes. `first` keeps the numbers of one court apart from another's. */
export function courtList(
  court: { readonly code: string; readonly name: string; readonly first: number },
  day: Temporal.PlainDate,
  rooms: readonly ListedRoom[],
): Uint8Array {
  const on = british(day);
  const stamp = on.replaceAll('/', '');
  let number = court.first * 1000 + day.dayOfYear * 100_000;
  const sessions = rooms.map((room) => {
    const cases = room.lines.map((line, index) => caseOf(line, ++number, index + 1)).join('\n');
    return `<session><s_id>${String(number)}</s_id><doh>${on}</doh><lja>Greater Manchester</lja><panel>${room.youth === true ? 'Youth Panel' : 'Adult Panel'}</panel><court>${xml(court.name)}</court><room>${room.room}</room><sstart>${room.starts}</sstart><send>17:00</send><blocks><block><sb_id>${String(number)}</sb_id><bstart>${room.starts}</bstart><bend>17:00</bend><desc>${xml(room.block)}</desc><cases>${cases}</cases></block></blocks></session>`;
  });
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:ns35="http://www.justice.gov.uk/magistrates/external/ExternalDocumentRequest">
<soap:Header xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsa:MessageID>demonstration-${court.code}-${stamp}</wsa:MessageID></soap:Header>
<soap:Body><ns35:ExternalDocumentRequest><documents><document><info><source_file_name>5_${stamp}_2992_${court.code}00_ADULT_COURT_LIST_DAILY</source_file_name></info>
<data><job><printdate>${on}</printdate><sessions>${sessions.join('\n')}</sessions></job></data></document></documents></ns35:ExternalDocumentRequest></soap:Body></soap:Envelope>`);
}

function british(date: Temporal.PlainDate): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(date.day)}/${two(date.month)}/${String(date.year)}`;
}

function caseOf(line: ListedLine, number: number, order: number): string {
  const [code, title, act] = offences[line.offence];
  const born = british(Temporal.PlainDate.from(line.born));
  const title_ = line.sex === 'F' ? 'Ms' : line.sex === 'M' ? 'Mr' : 'Mx';
  const family = line.family.toUpperCase();
  return `<case><c_id>${String(number)}</c_id><h_id>${String(number)}</h_id><valid>Y</valid><caseno>${String(2_600_000_000 + number)}</caseno><type>C</type>
<def_name>${xml(`${title_} ${line.given} ${family}`)}</def_name><def_dob>${born}</def_dob><def_type>P</def_type><def_sex>${line.sex}</def_sex>
<def_name_elements><title>${title_}</title><forename1>${xml(line.given)}</forename1><forename2/><forename3/><surname>${xml(family)}</surname></def_name_elements><def_addr><line1>${xml(line.address ?? 'Address held')}</line1><line3>Manchester</line3><pcode>${line.postcode ?? ''}</pcode></def_addr>
${line.pnc === undefined ? '' : `<pnc_id>${line.pnc}</pnc_id>`}<inf>POL01</inf><cseq>${String(order)}</cseq><listno>1st</listno>
<offences><offence><oseq>1</oseq><co_id>${String(number)}</co_id><code>${code}</code><maxpen>EW: 6M &amp;/or Ultd Fine</maxpen><title>${title}</title><sum>An invented matter.</sum><as>${act}</as></offence></offences></case>`;
}
