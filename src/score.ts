// npm run score: scores answers from a file with the same library and rules as the pages.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  isQuestionnaireResponse,
  loadInstrumentLibrary,
  readPlainAnswers,
  readQuestionnaireResponse,
  scoreAnswers,
} from './screening/index.ts';
import type { Instrument, InstrumentLibrary, ScoringContext } from './screening/index.ts';

const usage = `Usage:
  npm run score -- INSTRUMENT FILE.json [--age YEARS] [--pregnant] [--pack NAME]
      prints score, bands and completeness as JSON. FILE (or - for standard input) is a FHIR
      QuestionnaireResponse, an object of item to answer, or an array of either (one line each).
      An answer is an option's code, label or printed number, or declined, unknown, not-asked or null.
  npm run score -- INSTRUMENT --describe
      prints the items and their allowed answers.
  npm run score -- --list
      names the instruments, versions and licences, one line each.
  --pack NAME switches on a pack for this run; --list shows the packs and their notices.`;

/** Where the command reads and writes; exit codes are 0 done, 1 unreadable or refused input, 2 wrong usage. */
export interface ScoreIo {
  readonly read: (file: string) => string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

function list(library: InstrumentLibrary, io: ScoreIo): void {
  for (const { instrument, pack, on } of library.entries) {
    const { name, shortName, title, version, language, url, licence } = instrument;
    io.out(
      JSON.stringify({
        name,
        shortName,
        title,
        version,
        language,
        url,
        effectiveFrom: instrument.effectiveFrom.toString(),
        licence,
        on,
        ...(pack === undefined ? {} : { pack: pack.name, notice: pack.notice }),
      }),
    );
  }
}

function describe(instrument: Instrument): unknown {
  return {
    instrument: instrument.name,
    title: instrument.title,
    url: instrument.url,
    version: instrument.version,
    language: instrument.language,
    about: instrument.about,
    answeredBy: instrument.answeredBy,
    introduction: instrument.introduction,
    items: instrument.items.map((item) => ({
      item: item.linkId,
      number: item.number ?? null,
      text: item.text,
      help: item.help ?? null,
      type: item.type,
      min: item.min ?? null,
      max: item.max ?? null,
      unit: item.unit ?? null,
      scored: !instrument.scorings.every((scoring) => scoring.unscoredItems.includes(item.linkId)),
      askedWhen: item.enableWhen.map(({ question, operator, answerCoding }) => ({
        item: question,
        operator,
        answer: answerCoding?.code ?? null,
      })),
      allowed: item.options.map(({ code, label, points, system }) => ({ code, label, points, system })),
      alsoAllowed: ['declined', 'unknown', 'not-asked'],
      numbersAccepted: !instrument.wordsOnlyItems.includes(item.linkId),
    })),
    scorings: instrument.scorings,
    safetyItems: instrument.safetyItems,
    licence: instrument.licence,
    limits: instrument.limits,
  };
}

function scoreOne(
  instrument: Instrument,
  given: unknown,
  context: ScoringContext,
): { ok: boolean; line: object } {
  const answers = isQuestionnaireResponse(given)
    ? readQuestionnaireResponse(instrument, given)
    : readPlainAnswers(instrument, given);
  const result = answers.ok ? scoreAnswers(instrument, answers.value, context) : answers;
  if (result.ok) return { ok: true, line: result.value };
  const { code, message, field, allowed } = result.refusal;
  return {
    ok: false,
    line: {
      instrument: instrument.name,
      version: instrument.version,
      error: { code, item: field ?? null, message, allowed: allowed ?? [] },
    },
  };
}

function scoreFile(instrument: Instrument, file: string, context: ScoringContext, io: ScoreIo): number {
  let given: unknown;
  try {
    given = JSON.parse(io.read(file));
  } catch (cause) {
    io.err(`${file} cannot be read as JSON: ${cause instanceof Error ? cause.message : 'unknown reason'}`);
    return 1;
  }
  if (!Array.isArray(given)) {
    const { ok, line } = scoreOne(instrument, given, context);
    io.out(JSON.stringify(line));
    return ok ? 0 : 1;
  }
  let refusals = 0;
  for (const [index, element] of given.entries()) {
    const { ok, line } = scoreOne(instrument, element, context);
    if (!ok) refusals += 1;
    io.out(JSON.stringify({ index, ...line }));
  }
  return refusals === 0 ? 0 : 1;
}

/** Runs the command with its arguments and gives its exit code. */
export function scoreCommand(args: readonly string[], io: ScoreIo): number {
  const wrong = (message: string): number => {
    io.err(`${message}\n\n${usage}`);
    return 2;
  };
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        list: { type: 'boolean' },
        describe: { type: 'boolean' },
        help: { type: 'boolean' },
        age: { type: 'string' },
        pregnant: { type: 'boolean' },
        pack: { type: 'string', multiple: true },
      },
    });
  } catch (cause) {
    return wrong(cause instanceof Error ? cause.message : 'These arguments are not understood.');
  }
  const { values, positionals } = parsed;
  if (values.help === true) {
    io.out(usage);
    return 0;
  }
  const plain = loadInstrumentLibrary();
  const known = plain.packs.map((pack) => pack.name);
  const stray = values.pack?.find((name) => !known.includes(name));
  if (stray !== undefined) return wrong(`There is no pack “${stray}”. Packs: ${known.join(', ') || 'none'}.`);
  const library = values.pack === undefined ? plain : loadInstrumentLibrary({ packs: values.pack });
  if (values.list === true) {
    if (positionals.length > 0) return wrong('--list takes no instrument.');
    list(library, io);
    return 0;
  }
  const [name, file, ...more] = positionals;
  if (name === undefined) return wrong('Name an instrument.');
  if (values.age !== undefined && !/^\d{1,3}$/.test(values.age)) return wrong('--age takes whole years.');
  const found = library.find(name);
  if (!found.ok) {
    const names = library.entries.filter(({ on }) => on).map(({ instrument }) => instrument.shortName);
    const pack =
      found.refusal.code === 'pack-off' ? ' Read its notice with --list, then add --pack NAME.' : '';
    return wrong(`${found.refusal.message}${pack} Instruments: ${names.join(', ')}.`);
  }
  if (values.describe === true) {
    if (file !== undefined) return wrong('--describe takes no file.');
    io.out(JSON.stringify(describe(found.value), null, 2));
    return 0;
  }
  if (file === undefined || more.length > 0) return wrong('Name one file of answers.');
  const context = {
    ...(values.age === undefined ? {} : { age: Number(values.age) }),
    ...(values.pregnant === undefined ? {} : { pregnant: values.pregnant }),
  };
  return scoreFile(found.value, file, context, io);
}

if (import.meta.main)
  process.exitCode = scoreCommand(process.argv.slice(2), {
    read: (file) => readFileSync(file === '-' ? 0 : file, 'utf8'),
    out: (line) => console.log(line),
    err: (line) => console.error(line),
  });
