import type { StoryPerson } from './custody-feed.ts';
import type { ListedLine, ListedRoom } from './court-list.ts';
import { forenames, surnames } from './names.ts';

// Who is listed today. Everybody is invented.

const line = (
  given: string,
  family: string,
  born: string,
  sex: ListedLine['sex'],
  offence: ListedLine['offence'],
  more: Partial<ListedLine> = {},
): ListedLine => ({ given, family, born, sex, offence, ...more });

/** Others on the list: nobody we know. */
function others(count: number, from: number): readonly ListedLine[] {
  return Array.from({ length: count }, (_, index) => {
    const n = from + index;
    const given = forenames.male[(n * 7) % forenames.male.length] ?? 'Sam';
    const family = surnames[(n * 11 + 3) % surnames.length] ?? 'Hale';
    const year = 1958 + ((n * 13) % 46);
    const month = String(((n * 5) % 12) + 1).padStart(2, '0');
    const day = String(((n * 17) % 27) + 1).padStart(2, '0');
    const offence = (['theft', 'assault', 'damage'] as const)[n % 3] ?? 'theft';
    return line(given, family, `${String(year)}-${month}-${day}`, n % 4 === 0 ? 'N' : 'M', offence);
  });
}

/** Somebody of 16 on the day, whenever the day is. */
export function sixteenOn(day: Temporal.PlainDate): string {
  return day.subtract({ years: 16, months: 5 }).toString();
}

export function manchesterRooms(day: Temporal.PlainDate): readonly ListedRoom[] {
  return [
    {
      room: '01',
      starts: '10:00',
      block: 'Custody',
      lines: [
        ...others(2, 1),
        line('Thomas', 'Ashworth', '1969-03-03', 'M', 'theft', { pnc: '1996/0452873F' }),
        ...others(3, 4),
        line('Rhiannon', 'Pugh', '2002-04-30', 'F', 'damage', {
          postcode: 'M14 6HN',
          address: '8 Fern Street',
        }),
        ...others(1, 8),
        line('Mohammed', 'Iqbal', '1990-07-02', 'M', 'assault', {
          postcode: 'M8 9LT',
          address: '30 Hill Lane',
        }),
        line('Lee', 'Carter', '1995-05-12', 'M', 'theft'),
        line('Ines', 'Ferreira', '1983-01-19', 'F', 'theft'),
        line('George', 'Tanner', '1958-10-08', 'M', 'damage'),
      ],
    },
    {
      room: '06',
      starts: '10:30',
      block: 'Sentence',
      lines: [
        ...others(1, 20),
        line('Adaeze', 'Nwosu', '1987-09-14', 'F', 'theft'),
        ...others(5, 22),
        line('Kieran', 'Walsh', '1998-03-27', 'M', 'assault'),
        ...others(2, 28),
      ],
    },
    { room: '04', starts: '10:00', block: 'First hearings', lines: others(9, 40) },
    {
      room: '09',
      starts: '14:00',
      youth: true,
      block: 'Youth court',
      lines: [...others(0, 0), line('Tyler', 'Marsden', sixteenOn(day), 'M', 'damage')],
    },
  ];
}

export const otherRooms: Readonly<Record<'stockport' | 'bolton', readonly ListedRoom[]>> = {
  stockport: [{ room: '02', starts: '10:00', block: 'First hearings', lines: others(7, 60) }],
  bolton: [{ room: '01', starts: '10:00', block: 'Custody', lines: others(6, 80) }],
};

/** Whom on today's list we knew before: where and how many days ago they were in custody. */
export const knownBefore: readonly {
  readonly key: string;
  readonly person: StoryPerson;
  readonly days: number;
}[] = [
  {
    key: 'rhiannon',
    days: 34,
    person: {
      given: 'Rhiannon',
      family: 'Pugh',
      born: '2002-04-30',
      sex: 'female',
      address: { lines: '8 Fern Street', postcode: 'M14 6HN' },
    },
  },
  {
    key: 'mohammed',
    days: 210,
    person: {
      given: 'Mohammed',
      family: 'Iqbal',
      born: '1990-11-02',
      sex: 'male',
      address: { lines: '4 Dale Close', postcode: 'M11 4PW' },
    },
  },
  { key: 'leigh', days: 95, person: { given: 'Leigh', family: 'Karter', born: '1995-05-13', sex: 'male' } },
  {
    key: 'adaeze',
    days: 60,
    person: { given: 'Adaeze', family: 'Nwosu', born: '1987-09-14', sex: 'female' },
  },
  { key: 'kieran', days: 48, person: { given: 'Kieran', family: 'Walsh', born: '1998-03-27', sex: 'male' } },
];
