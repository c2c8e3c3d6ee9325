import type { Viewer } from '../access/index.ts';
import { londonDate } from '../platform/clock.ts';
import { readDemoDirectory } from './demo/demo-directory.ts';
import { importListings, type DirectoryIngestLine, type ImportParts } from './import-listings.ts';
import { writeDirectory } from './write-open-referral.ts';

/** The feed the invented services stand under. */
const demoFeed = 'Greater Manchester directory (invented)';

// The day the invented directory was written for: its dates are moved by as much as today is later.
const writtenFor = Temporal.PlainDate.from('2026-11-24');

/**
 * Fills an area with the invented directory, as a feed is imported. Dates are moved so that a service that was
 * verified last month still is, whenever the demonstration runs. Run again, it changes only what a day changes.
 */
export async function seedDemoDirectory(parts: ImportParts, viewer: Viewer): Promise<DirectoryIngestLine> {
  const later = writtenFor.until(londonDate(parts.clock.now()), { largestUnit: 'day' });
  const listings = readDemoDirectory().listings.map((listing) =>
    listing.assuredDate === undefined ? listing : { ...listing, assuredDate: listing.assuredDate.add(later) },
  );
  const bytes = new TextEncoder().encode(JSON.stringify(writeDirectory(listings)));
  return importListings(parts, viewer, bytes, {
    feed: demoFeed,
    fileName: 'greater-manchester.json',
    whole: true,
  });
}
