/** The ten districts of Greater Manchester. */
export const districts = [
  'Bolton',
  'Bury',
  'Manchester',
  'Oldham',
  'Rochdale',
  'Salford',
  'Stockport',
  'Tameside',
  'Trafford',
  'Wigan',
] as const;
export type District = (typeof districts)[number];

export interface Position {
  /** Degrees, WGS 84. */
  readonly lat: number;
  readonly lon: number;
}

/**
 * The middle of each district's main town, to two decimals (about a kilometre): enough to say near or far, and no
 * postcode of anyone leaves this program to find it out.
 */
export const districtCentres: Readonly<Record<District, Position>> = {
  Bolton: { lat: 53.58, lon: -2.43 },
  Bury: { lat: 53.59, lon: -2.3 },
  Manchester: { lat: 53.48, lon: -2.24 },
  Oldham: { lat: 53.54, lon: -2.11 },
  Rochdale: { lat: 53.62, lon: -2.16 },
  Salford: { lat: 53.49, lon: -2.29 },
  Stockport: { lat: 53.41, lon: -2.16 },
  Tameside: { lat: 53.49, lon: -2.09 },
  Trafford: { lat: 53.45, lon: -2.31 },
  Wigan: { lat: 53.54, lon: -2.63 },
};

// Postal districts lie across council borders: each is given to the council that holds most of it.
const outcodes: Readonly<Record<District, readonly string[]>> = {
  Bolton: ['BL1', 'BL2', 'BL3', 'BL4', 'BL5', 'BL6', 'BL7'],
  Bury: ['BL0', 'BL8', 'BL9', 'M25', 'M26', 'M45'],
  Manchester: [
    'M1',
    'M2',
    'M3',
    'M4',
    'M8',
    'M9',
    'M11',
    'M12',
    'M13',
    'M14',
    'M15',
    'M16',
    'M18',
    'M19',
    'M20',
    'M21',
    'M22',
    'M23',
    'M40',
    'M60',
    'M90',
  ],
  Oldham: ['OL1', 'OL2', 'OL3', 'OL4', 'OL8', 'OL9', 'M35'],
  Rochdale: ['OL10', 'OL11', 'OL12', 'OL15', 'OL16', 'M24'],
  Salford: ['M5', 'M6', 'M7', 'M27', 'M28', 'M30', 'M38', 'M44', 'M50'],
  Stockport: ['SK1', 'SK2', 'SK3', 'SK4', 'SK5', 'SK6', 'SK7', 'SK8'],
  Tameside: ['OL5', 'OL6', 'OL7', 'SK14', 'SK15', 'SK16', 'M34', 'M43'],
  Trafford: ['M17', 'M31', 'M32', 'M33', 'M41', 'WA14', 'WA15'],
  Wigan: ['WN1', 'WN2', 'WN3', 'WN4', 'WN5', 'WN6', 'WN7', 'M29', 'M46'],
};
const districtOfOutcode: ReadonlyMap<string, District> = new Map(
  districts.flatMap((district) => outcodes[district].map((outcode) => [outcode, district] as const)),
);

/** The district of a postcode or outcode ("M14 5TQ", "ol1"); nothing outside Greater Manchester. */
export function districtOfPostcode(postcode: string): District | undefined {
  const word = postcode.toUpperCase().replaceAll(/\s/g, '');
  const outcode = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/.exec(word)?.[1] ?? word;
  return districtOfOutcode.get(outcode);
}

/** Great-circle distance in kilometres (haversine, mean Earth radius 6,371 km). */
export function distanceKm(a: Position, b: Position): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const lat = radians(b.lat - a.lat) / 2;
  const lon = radians(b.lon - a.lon) / 2;
  const chord = Math.sin(lat) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(lon) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(chord)));
}

const everywhere =
  /\b(greater manchester|england|united kingdom|uk|national|nationwide|north west|great britain)\b/i;

const word = (district: District): RegExp => new RegExp(`\\b${district}\\b`, 'i');
// made once: a search tries these on every area of every service
const districtWords: Readonly<Record<District, RegExp>> = {
  Bolton: word('Bolton'),
  Bury: word('Bury'),
  Manchester: word('Manchester'),
  Oldham: word('Oldham'),
  Rochdale: word('Rochdale'),
  Salford: word('Salford'),
  Stockport: word('Stockport'),
  Tameside: word('Tameside'),
  Trafford: word('Trafford'),
  Wigan: word('Wigan'),
};

/**
 * Whether an area by this name covers a district: yes, no (it names other districts), or unknown words.
 * "City of Manchester" is Manchester; "Greater Manchester" is all ten.
 */
export function areaCovers(areaName: string, district: District): 'covers' | 'elsewhere' | 'unknown' {
  if (everywhere.test(areaName)) return 'covers';
  const named = districts.filter((one) => districtWords[one].test(areaName));
  if (named.includes(district)) return 'covers';
  return named.length > 0 ? 'elsewhere' : 'unknown';
}
