import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { inflateSync } from 'node:zlib';
import { renderPdf, unprintableLetters, type PrintedBlock, type PrintedDocument } from './index.ts';

const report: readonly PrintedBlock[] = [
  { kind: 'heading', level: 1, text: 'Report to the investigator' },
  { kind: 'keys', rows: [{ key: 'Person', value: 'Joanna Zieliński, born 3 May 1990' }] },
  {
    kind: 'callout',
    level: 2,
    heading: 'Recommendation',
    paragraphs: [[{ text: 'Alcohol treatment. ' }, { text: 'Please tell us the decision', bold: true }]],
  },
  { kind: 'heading', level: 2, text: 'Taking part in interview' },
  { kind: 'bullets', items: ['Sit on her right', 'Read documents aloud'] },
  { kind: 'rule' },
  { kind: 'paragraph', text: 'Ọláyẹmí Adébáyọ̀, L&D practitioner' },
];

function paper(blocks: readonly PrintedBlock[] = report): PrintedDocument {
  return {
    title: 'Report to the investigator',
    author: 'Ọláyẹmí Adébáyọ̀, liaison and diversion',
    subject: 'Report before a charge decision',
    language: 'en-GB',
    headerLines: ['Liaison and diversion. Official, sensitive.'],
    printed: {
      by: 'Ọláyẹmí Adébáyọ̀',
      at: Temporal.Instant.from('2026-11-24T09:14:00Z'),
      note: 'Destroy after use.',
    },
    blocks,
  };
}

/** The objects of the file by number: dictionary as written, stream unpacked. */
function objectsOf(pdf: Buffer): Map<number, { dictionary: string; stream: string }> {
  const raw = pdf.toString('latin1');
  const objects = new Map<number, { dictionary: string; stream: string }>();
  for (const match of raw.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [dictionary = '', packed] = (match[2] ?? '').split('\nstream\n');
    const bytes = Buffer.from((packed ?? '').replace(/\nendstream$/, ''), 'latin1');
    const stream = dictionary.includes('/FlateDecode')
      ? inflateSync(bytes).toString('latin1')
      : bytes.toString('latin1');
    objects.set(Number(match[1]), { dictionary, stream });
  }
  return objects;
}

interface Place {
  role: string;
  dictionary: string;
  text: string;
  children: Place[];
}

/** The structure tree of the file, each place with the text that hangs on it, in reading order. */
function readAloud(pdf: Buffer): Place {
  const objects = objectsOf(pdf);
  const dictionaryOf = (id: number): string => objects.get(id)?.dictionary ?? '';
  const root = [...objects.values()].find((each) => each.dictionary.includes('/Type /StructTreeRoot'));
  assert.ok(root, 'the file has a structure tree');
  const texts = textByPlace(objects);
  const visit = (id: number): Place => {
    const dictionary = dictionaryOf(id);
    const kids = /\/K \[([\s\S]*?)\]\n/.exec(dictionary)?.[1] ?? '';
    const page = /\/Pg (\d+) 0 R/.exec(dictionary.replace(kids, ''))?.[1] ?? '';
    const place: Place = {
      role: /\/S \/(\w+)/.exec(dictionary)?.[1] ?? '',
      dictionary,
      text: '',
      children: [],
    };
    for (const kid of kids.matchAll(
      /<<[\s\S]*?\/Pg (\d+) 0 R[\s\S]*?\/MCID (\d+)[\s\S]*?>>|(\d+) 0 R|(\d+)/g,
    )) {
      if (kid[3] !== undefined) place.children.push(visit(Number(kid[3])));
      else place.text += texts.get(`${kid[1] ?? page}/${kid[2] ?? kid[4] ?? ''}`) ?? '';
    }
    return place;
  };
  const first = /\/K \[(\d+) 0 R\]/.exec(root.dictionary)?.[1];
  return visit(Number(first));
}

/** The text of each marked stretch, by page and number; "artifact" and "unmarked" collect the rest. */
function textByPlace(objects: ReturnType<typeof objectsOf>): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [id, { dictionary }] of objects) {
    if (!/\/Type \/Page\n/.test(dictionary)) continue;
    const letters = lettersByFont(objects, dictionary);
    const contents = objects.get(Number(/\/Contents (\d+) 0 R/.exec(dictionary)?.[1]))?.stream ?? '';
    const open: string[] = [];
    let font = '';
    for (const token of contents.matchAll(PAINTING)) {
      const { tag, properties = '', face, drawn } = token.groups ?? {};
      if (token[0] === 'EMC') open.pop();
      else if (tag !== undefined) {
        const number = /\/MCID (\d+)/.exec(properties)?.[1] ?? '';
        open.push(tag === 'Artifact' ? 'artifact' : `${id}/${number}`);
      } else if (face !== undefined) font = face;
      else if (drawn !== undefined) {
        const key = open[0] ?? 'unmarked';
        texts.set(key, (texts.get(key) ?? '') + lettersOf(drawn, letters.get(font)));
      }
    }
    assert.deepEqual(open, [], 'every marked stretch is closed on its page');
  }
  return texts;
}

/** Marks opened and closed, fonts chosen, and texts drawn on a page, in order. */
const PAINTING =
  /\/(?<tag>\w+)(?: <<(?<properties>[\s\S]*?)>>)? B[DM]C|\bEMC\b|\/(?<face>F\d+) [\d.]+ Tf|\[(?<drawn>[^\]]*)\] TJ/g;

function lettersOf(drawn: string, letters: Map<string, string> | undefined): string {
  return [...drawn.matchAll(/<([0-9a-f]+)>/g)]
    .flatMap((part) => (part[1] ?? '').match(/.{4}/g) ?? [])
    .map((code) => letters?.get(code) ?? '\uFFFD')
    .join('');
}

/** What each glyph code of each font on a page stands for, from the fonts' ToUnicode tables. */
function lettersByFont(
  objects: ReturnType<typeof objectsOf>,
  page: string,
): Map<string, Map<string, string>> {
  const resources = objects.get(Number(/\/Resources (\d+) 0 R/.exec(page)?.[1]))?.dictionary ?? '';
  const fonts = new Map<string, Map<string, string>>();
  for (const [, name = '', id] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const font = objects.get(Number(id))?.dictionary ?? '';
    const table = objects.get(Number(/\/ToUnicode (\d+) 0 R/.exec(font)?.[1]))?.stream ?? '';
    const letters = new Map<string, string>();
    for (const [, from = '', , list = ''] of table.matchAll(/<(\w{4})> <(\w{4})> \[([^\]]*)\]/g))
      [...list.matchAll(/<([\w ]*)>/g)].forEach(([, hex = ''], index) => {
        const code = (Number.parseInt(from, 16) + index).toString(16).padStart(4, '0');
        const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? [];
        letters.set(code, units.map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join(''));
      });
    fonts.set(name, letters);
  }
  return fonts;
}

function outline(place: Place): string {
  const inner = place.children.map(outline).join(' ');
  return inner === '' ? place.role : `${place.role}(${inner})`;
}

function everyPlace(place: Place): Place[] {
  return [place, ...place.children.flatMap(everyPlace)];
}

test('a report says its language, its title and that it is made to be read aloud', async () => {
  const raw = (await renderPdf(paper())).toString('latin1');
  assert.match(raw, /^%PDF-1\.7/);
  assert.match(raw, /\/Lang \(en-GB\)/);
  assert.match(raw, /\/Marked true/);
  assert.match(raw, /\/DisplayDocTitle true/);
  const title = /\/Title (\d+) 0 R/.exec(raw)?.[1] ?? '';
  assert.ok(raw.includes(`${title} 0 obj\n(Report to the investigator)`));
  assert.match(raw, /<pdfuaid:part>1<\/pdfuaid:part>/);
});

test('every part of a report has its role, in reading order', async () => {
  const tree = readAloud(await renderPdf(paper()));
  assert.equal(
    outline(tree),
    'Document(P H1 Table(TBody(TR(TH TD))) Div(H2 P) H2 L(LI(Lbl LBody) LI(Lbl LBody)) P)',
  );
  assert.deepEqual(
    everyPlace(tree)
      .map((place) => place.text)
      .filter((text) => text !== ''),
    [
      'Liaison and diversion. Official, sensitive.',
      'Report to the investigator',
      'Person',
      'Joanna Zieliński, born 3 May 1990',
      'Recommendation',
      'Alcohol treatment. Please tell us the decision',
      'Taking part in interview',
      '•',
      'Sit on her right',
      '•',
      'Read documents aloud',
      'Ọláyẹmí Adébáyọ̀, L&D practitioner',
    ],
  );
});

test('nothing on a page is outside the structure except what readers skip', async () => {
  const objects = objectsOf(await renderPdf(paper()));
  const texts = textByPlace(objects);
  assert.equal(texts.get('unmarked'), undefined);
  assert.match(
    texts.get('artifact') ?? '',
    /Printed by Ọláyẹmí Adébáyọ̀, 24 November 2026 09:14\. Destroy after use\./,
  );
  assert.match(texts.get('artifact') ?? '', /Page 1 of 1/);
});

test('the typeface is inside the file, so a name prints the same everywhere', async () => {
  const objects = [...objectsOf(await renderPdf(paper())).values()].map((each) => each.dictionary);
  const descriptors = objects.filter((each) => each.includes('/Type /FontDescriptor'));
  assert.ok(descriptors.length >= 2);
  assert.ok(descriptors.every((each) => /\/FontFile2 \d+ 0 R/.test(each)));
  assert.ok(!objects.some((each) => each.includes('/Helvetica')));
});

test('a table that runs over the page repeats its header for the eye and not for the ear', async () => {
  const rows = Array.from({ length: 60 }, (_, row) => [`Need ${row + 1}`, 'Told us today']);
  const columns = [
    { heading: 'Need', share: 1 },
    { heading: 'How we know', share: 2 },
  ];
  const pdf = await renderPdf(paper([{ kind: 'table', columns, rows }]));
  const tree = readAloud(pdf);
  const read = everyPlace(tree).filter((place) => place.text === 'How we know');
  assert.equal(read.length, 1);
  assert.match(read[0]?.dictionary ?? '', /\/Scope \/Column/);
  const skipped = textByPlace(objectsOf(pdf)).get('artifact') ?? '';
  const pages = Number(/Page 1 of (\d+)/.exec(skipped)?.[1]);
  assert.ok(pages > 1);
  assert.equal(skipped.split('How we know').length - 1, pages - 1);
  const named = everyPlace(tree).filter((place) => place.role === 'TH' && place.text.startsWith('Need '));
  assert.deepEqual(
    named.map((place) => place.text),
    rows.map((row) => row[0]),
  );
});

test('a paragraph that runs over the page stays one paragraph', async () => {
  const words = Array.from({ length: 1500 }, (_, word) => `word${word}`).join(' ');
  const tree = readAloud(await renderPdf(paper([{ kind: 'paragraph', text: words }])));
  const paragraphs = everyPlace(tree).filter((place) => place.text.startsWith('word0'));
  assert.equal(paragraphs.length, 1);
  assert.equal(paragraphs[0]?.text, words);
});

test('the same report printed twice is the same to the last byte', async () => {
  const hash = async (): Promise<string> =>
    createHash('sha256')
      .update(await renderPdf(paper()))
      .digest('hex');
  assert.equal(await hash(), await hash());
});

test('a name typed with separate accents reads the same as one typed whole', async () => {
  const name = 'Ọláyẹmí Zieliński';
  const tree = readAloud(await renderPdf(paper([{ kind: 'paragraph', text: name.normalize('NFD') }])));
  assert.equal(everyPlace(tree).at(-1)?.text, name.normalize('NFC'));
});

test('letters that cannot be printed are named beforehand, shown as a box and explained', async () => {
  const document = paper([{ kind: 'paragraph', text: 'Known as 王 Wei' }]);
  assert.deepEqual(unprintableLetters(document), ['王']);
  assert.deepEqual(unprintableLetters(paper()), []);
  const pdf = await renderPdf(document);
  const texts = everyPlace(readAloud(pdf)).map((place) => place.text);
  assert.ok(texts.includes('Known as □ Wei'));
  assert.ok(texts.some((text) => text.startsWith('Some letters cannot be printed here')));
  const streams = [...objectsOf(pdf).values()].map((each) => each.stream).join('\n');
  assert.match(streams, /\/Span <<\n\/ActualText/, 'the true text stays underneath for readers and search');
});

test('a report whose headings skip a level or whose table has a hole is never printed', async () => {
  await assert.rejects(
    renderPdf(paper([{ kind: 'heading', level: 2, text: 'Needs' }])),
    /a level is skipped/,
  );
  const table: PrintedBlock = { kind: 'table', columns: [{ heading: 'Need', share: 1 }], rows: [[]] };
  await assert.rejects(renderPdf(paper([table])), /one cell for each column/);
});
