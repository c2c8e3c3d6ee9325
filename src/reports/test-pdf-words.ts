import { inflateSync } from 'node:zlib';

// For tests only: what somebody who copies all text out of the PDF gets, so that a test can search it for what must not
// be there. Reads what src/platform/pdf writes: embedded typefaces with ToUnicode tables, texts drawn with TJ.

/** Every letter drawn on every page, in the order it is drawn; letters of one line stand together. */
export function pdfWords(pdf: Buffer): string {
  const objects = new Map<number, { dictionary: string; stream: string }>();
  for (const match of pdf.toString('latin1').matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [dictionary = '', packed = ''] = (match[2] ?? '').split('\nstream\n');
    const bytes = Buffer.from(packed.replace(/\nendstream$/, ''), 'latin1');
    const stream = dictionary.includes('/FlateDecode') ? inflateSync(bytes).toString('latin1') : '';
    objects.set(Number(match[1]), { dictionary, stream });
  }
  const at = (id: string | undefined) => objects.get(Number(id)) ?? { dictionary: '', stream: '' };
  let words = '';
  for (const { dictionary } of objects.values()) {
    if (!/\/Type \/Page\n/.test(dictionary)) continue;
    const fonts = new Map<string, ReadonlyMap<string, string>>();
    const resources = at(/\/Resources (\d+) 0 R/.exec(dictionary)?.[1]).dictionary;
    for (const [, name = '', id] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g))
      fonts.set(name, lettersOf(at(/\/ToUnicode (\d+) 0 R/.exec(at(id).dictionary)?.[1]).stream));
    let font: ReadonlyMap<string, string> | undefined;
    const contents = at(/\/Contents (\d+) 0 R/.exec(dictionary)?.[1]).stream;
    for (const [, face, drawn] of contents.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (face !== undefined) font = fonts.get(face);
      else
        words += `${[...(drawn ?? '').matchAll(/<([0-9a-f]+)>/g)]
          .flatMap((part) => (part[1] ?? '').match(/.{4}/g) ?? [])
          .map((code) => font?.get(code) ?? '\uFFFD')
          .join('')}\n`;
    }
  }
  return words;
}

function lettersOf(table: string): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  for (const [, from = '', list = ''] of table.matchAll(/<(\w{4})> <\w{4}> \[([^\]]*)\]/g))
    [...list.matchAll(/<([\w ]*)>/g)].forEach(([, hex = ''], index) => {
      const code = (Number.parseInt(from, 16) + index).toString(16).padStart(4, '0');
      const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? [];
      letters.set(code, units.map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join(''));
    });
  return letters;
}
