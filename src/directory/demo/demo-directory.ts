import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDirectoryFile } from '../open-referral.ts';
import type { DirectoryReading } from '../open-referral.ts';

/** The invented directory of the demonstration area, in the form any council would send it. */
export const greaterManchesterFile = join(import.meta.dirname, 'greater-manchester.json');

/** Reads the demonstration directory as any feed is read. Every service, organisation and address is invented. */
export function readDemoDirectory(): DirectoryReading {
  return readDirectoryFile(readFileSync(greaterManchesterFile));
}
