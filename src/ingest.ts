// npm run ingest -- FILE…: takes any message the system understands, whatever its name, and prints one line of JSON
// for each file. A folder is walked. Ends with 0 unless a file was not understood at all.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SystemViewer } from './access/index.ts';
import { ingestCourtMessage, detectCourtFormat } from './courts/index.ts';
import { detectCustodyFormat, parseCustodyEvents, receiveCustodyEvents } from './custody/index.ts';
import { importListings, readDirectoryFile } from './directory/index.ts';
import type { Modules } from './modules.ts';
import { openService } from './open-service.ts';
import { systemClock } from './platform/clock.ts';
import { readConfig } from './platform/config.ts';
import type { Database } from './platform/database.ts';

/** What is printed for one file. Nothing in it names a person. */
interface FileLine {
  readonly file: string;
  readonly format: string;
  /** People put on a list, or services read. */
  readonly accepted: number;
  readonly quarantined: number;
  readonly people: number;
  readonly hearings: number;
  readonly issues: readonly Issue[];
  /** A directory file: valid, warning or failing. */
  readonly status?: string;
  /** True when these bytes were taken before and nothing changed. */
  readonly repeated?: boolean;
}

interface Issue {
  readonly severity: string;
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

interface Understood {
  readonly line: FileLine;
  readonly understood: boolean;
}

interface IngestParts {
  readonly database: Database;
  readonly modules: Modules;
  readonly viewer: SystemViewer;
}

/** One kind of message: `undefined` means "not mine, ask the next". */
type Detector = (parts: IngestParts, file: string, bytes: Uint8Array) => Promise<Understood | undefined>;

const nothing = { accepted: 0, quarantined: 0, people: 0, hearings: 0 };

const courtMessages: Detector = async ({ database, viewer }, file, bytes) => {
  if (detectCourtFormat(bytes).kind === 'not-a-court-message') return undefined;
  const report = await ingestCourtMessage({ database, clock: systemClock }, viewer, bytes, basename(file));
  const { format, quarantined, people, hearings, issues, accepted, repeated } = report;
  return {
    understood: true,
    line: {
      file,
      format,
      accepted: accepted ? people : 0,
      quarantined,
      people,
      hearings,
      issues,
      ...(repeated ? { repeated } : {}),
    },
  };
};

const custodyEvents: Detector = async ({ modules, viewer }, file, bytes) => {
  if (!detectCustodyFormat(bytes)) return undefined;
  const received = await receiveCustodyEvents(
    modules.custody,
    viewer,
    parseCustodyEvents(bytes, systemClock.now()),
  );
  const { issues } = received;
  return {
    understood: true,
    line: {
      file,
      format: 'custody-events',
      ...nothing,
      accepted: received.accepted,
      quarantined: received.quarantined,
      people: received.people,
      issues: issues.map(({ severity, code, path, message }) => ({ severity, code, path, message })),
      ...(received.accepted === 0 && received.repeated > 0 ? { repeated: true } : {}),
    },
  };
};

const serviceDirectories: Detector = async ({ database, viewer }, file, bytes) => {
  if (readDirectoryFile(bytes).format.shape === 'other') return undefined;
  const line = await importListings({ database, clock: systemClock }, viewer, bytes, {
    feed: 'Files taken in by hand',
    fileName: basename(file),
  });
  return {
    understood: true,
    line: {
      file,
      format: line.format,
      status: line.status,
      ...nothing,
      accepted: line.accepted,
      quarantined: line.quarantined,
      issues: line.issues.map(({ severity, code, path, message }) => ({ severity, code, path, message })),
    },
  };
};

/** What a file is when it is no message of ours: named when a detector knows it, so that somebody can act. */
const knownButNotOurs: Detector = async ({ database, viewer }, file, bytes) => {
  const found = detectCourtFormat(bytes);
  if (found.kind !== 'not-a-court-message') return undefined;
  const reading = readDirectoryFile(bytes);
  const directory = reading.format;
  const inDirectory = directory.shape === 'other' && directory.kind !== 'unknown';
  const understood = found.recognised || inDirectory;
  // What nobody can read is kept, so that whoever looks into it has the bytes.
  if (!understood) await ingestCourtMessage({ database, clock: systemClock }, viewer, bytes, basename(file));
  return {
    understood,
    line: {
      file,
      format: found.recognised ? found.what : inDirectory ? directory.kind : 'not understood',
      ...nothing,
      issues: [
        { severity: 'message-refused', code: 'not-ours', path: '', message: found.reason },
        // A directory that was saved in another alphabet says what its publisher must do.
        ...reading.reasons
          .filter((reason) => reason.code === 'not-utf-8')
          .map(({ severity, code, path, message }) => ({ severity, code, path, message })),
      ],
    },
  };
};

const detectors: readonly Detector[] = [courtMessages, custodyEvents, serviceDirectories, knownButNotOurs];

async function ingestFile(parts: IngestParts, file: string): Promise<Understood> {
  const bytes = readFileSync(file);
  for (const detector of detectors) {
    const answer = await detector(parts, file, bytes);
    if (answer !== undefined) return answer;
  }
  return {
    understood: false,
    line: { file, format: 'not understood', ...nothing, issues: [] },
  };
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesIn(join(path, entry.name)));
}

/** The area the messages are for: the only one, or the one named in --area. */
async function findArea(database: Database, name: string | undefined): Promise<string> {
  const areas = await database.transaction({ kind: 'system', area: null }, (tx) =>
    tx.selectFrom('area').select(['id', 'name']).orderBy('name').execute(),
  );
  const chosen = name === undefined ? areas : areas.filter((area) => area.name === name);
  const [area] = chosen;
  if (area !== undefined && chosen.length === 1) return area.id;
  const names = areas.map((one) => `“${one.name}”`).join(', ');
  throw new Error(
    areas.length === 0
      ? 'There is no area yet. Start the service once (npm start), then import again.'
      : `Say which area the messages are for with --area "NAME". There are: ${names}.`,
  );
}

async function main(args: readonly string[]): Promise<number> {
  const areaAt = args.indexOf('--area');
  const areaName = areaAt === -1 ? undefined : args[areaAt + 1];
  const paths = args.filter((_arg, at) => areaAt === -1 || (at !== areaAt && at !== areaAt + 1));
  if (paths.length === 0) {
    console.error('Usage: npm run ingest -- FILE… [--area "NAME"]');
    return 2;
  }
  const files = paths.flatMap(filesIn);
  const config = readConfig(process.env);
  const service = await openService(config, (line) => console.error(line));
  const { database, modules } = service;
  try {
    const areaId = await findArea(database, areaName);
    const viewer: SystemViewer = { kind: 'system', areaId, actor: 'npm run ingest' };
    let everyFileUnderstood = true;
    for (const file of files) {
      const { line, understood } = await ingestFile({ database, modules, viewer }, file);
      console.log(JSON.stringify(line));
      everyFileUnderstood &&= understood;
    }
    return everyFileUnderstood ? 0 : 1;
  } finally {
    await service.close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault);
  process.exitCode = 2;
}
