import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** One static file, held in memory: there are few, they are small, and no path can climb out of a map. */
export interface Asset {
  readonly body: Buffer;
  readonly gzip: Buffer | undefined;
  readonly type: string;
}

export interface Assets {
  /** The address of a file, with the content hash of the whole set: relative imports and urls keep working. */
  url(name: string): string;
  find(name: string): Asset | undefined;
  readonly version: string;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};

const require = createRequire(import.meta.url);
const publicFolder = join(import.meta.dirname, '../public');

function nhsukFolder(): string {
  return join(dirname(require.resolve('nhsuk-frontend/package.json')), 'dist/nhsuk');
}

function turboFile(): string {
  const folder = dirname(require.resolve('@hotwired/turbo/package.json'));
  return join(folder, 'dist/turbo.es2017-esm.js');
}

/**
 * The official style sheet without its web font: that font is fetched from another host, which a custody
 * network blocks and which would tell the host who is at work. The sheet names Arial next.
 */
function nhsukCss(): Buffer {
  const css = readFileSync(join(nhsukFolder(), 'nhsuk-frontend.min.css'), 'utf8');
  return Buffer.from(
    css
      .replaceAll(/@font-face\{[^}]*\}/g, '')
      .replaceAll('url(/assets/images/', 'url(images/')
      .replace(/\/\*# sourceMappingURL=.*\*\//, ''),
  );
}

/** Our style sheet is written in parts, joined in the order of their names. */
function appCss(): Buffer {
  const folder = join(publicFolder, 'css');
  const parts = readdirSync(folder).filter((file) => file.endsWith('.css'));
  return Buffer.concat(parts.toSorted().map((file) => readFileSync(join(folder, file))));
}

function script(path: string): Buffer {
  return Buffer.from(readFileSync(path, 'utf8').replace(/\n\/\/# sourceMappingURL=.*/, ''));
}

/** Reads every static file once, at start. */
export function loadAssets(): Assets {
  const bodies = new Map<string, Buffer>([
    ['nhsuk-frontend.min.css', nhsukCss()],
    ['nhsuk-frontend.min.js', script(join(nhsukFolder(), 'nhsuk-frontend.min.js'))],
    ['turbo.js', script(turboFile())],
    ['app.css', appCss()],
  ]);
  for (const file of readdirSync(publicFolder))
    if (file.endsWith('.js')) bodies.set(file, readFileSync(join(publicFolder, file)));
  const images = join(nhsukFolder(), 'assets/images');
  for (const file of readdirSync(images))
    if (extname(file) in types) bodies.set(`images/${file}`, readFileSync(join(images, file)));

  const hash = createHash('sha256');
  for (const [name, body] of bodies) hash.update(name).update(body);
  const version = hash.digest('hex').slice(0, 12);

  const assets = new Map<string, Asset>();
  for (const [name, body] of bodies) {
    const type = types[extname(name)] ?? 'application/octet-stream';
    const squeezes = /text|svg/.test(type);
    assets.set(name, { body, type, gzip: squeezes ? gzipSync(body) : undefined });
  }
  return {
    version,
    find: (name) => assets.get(name),
    url: (name) => {
      if (!assets.has(name)) throw new Error(`no such asset: ${name}`);
      return `/assets/${version}/${name}`;
    },
  };
}
