import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

// The browser that comes with the packages is for Linux on x64; it is unpacked once, beside the database's
// files, so that a fresh machine needs nothing installed by hand.

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** Where a Chromium may stand on a machine that has one. */
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

interface BrowserProgram {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
}

function packageFolder(): string {
  return join(dirname(require.resolve('@sparticuz/chromium')), '../..');
}

async function decompress(archive: string, file: string): Promise<void> {
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(file));
}

/** Unpacks a brotli-compressed tar archive with the system's own tar, which ends reading before the file does. */
async function unpack(archive: string, folder: string): Promise<void> {
  const file = join(folder, `${basename(archive)}.tar`);
  await decompress(archive, file);
  await run('tar', ['-x', '-f', file, '-C', folder]);
  await rm(file);
}

/** The folder with the unpacked browser. Made beside and renamed, so that two test files may ask at once. */
async function unpackedFolder(): Promise<string> {
  const from = packageFolder();
  const { version } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8')) as { version: string };
  const parent = join(root, 'var');
  const folder = join(parent, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(parent, { recursive: true });
  const making = await mkdtemp(join(parent, 'chromium-making-'));
  const program = join(making, 'chromium');
  await Promise.all([
    decompress(join(from, 'bin/chromium.br'), program),
    unpack(join(from, 'bin/al2023.tar.br'), making),
    unpack(join(from, 'bin/fonts.tar.br'), making),
    unpack(join(from, 'bin/swiftshader.tar.br'), making),
  ]);
  await chmod(program, 0o755);
  await rename(making, folder).catch(async (error: unknown) => {
    await rm(making, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
}

async function starts(program: BrowserProgram): Promise<boolean> {
  return run(program.path, ['--version'], { env: { ...process.env, ...program.environment } }).then(
    () => true,
    () => false,
  );
}

/**
 * The browser to use: the one named by CHROMIUM_PATH; else the one from the packages, with the libraries
 * and fonts it brings where the machine lacks its own; else one that is installed.
 */
async function findProgram(): Promise<BrowserProgram> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return { path: named, environment: {} };
  if (process.platform === 'linux' && process.arch === 'x64') {
    const folder = await unpackedFolder();
    const path = join(folder, 'chromium');
    const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') };
    for (const libraries of [{}, { LD_LIBRARY_PATH: join(folder, 'lib') }]) {
      const program = { path, environment: { ...libraries, ...fonts } };
      if (await starts(program)) return program;
    }
  }
  const path = installed.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error('no browser to test with: set CHROMIUM_PATH to a Chromium');
  return { path, environment: {} };
}

let program: Promise<BrowserProgram> | undefined;

/** Starts a browser without a window. Close it in the test's `after`. Works as root and as a user. */
export async function openBrowser(): Promise<Browser> {
  program ??= findProgram();
  const { path, environment } = await program;
  return chromium.launch({
    executablePath: path,
    // Containers and root have no sandbox to give; only our own pages are opened.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
    env: { ...process.env, ...environment },
  });
}
