import {
  dayRows,
  decideCourtMatch,
  ingestCourtMessage,
  recordCourtRequest,
  suggestionsFor,
  takeCourtRequest,
  type DayRow,
} from '../courts/index.ts';
import { londonDate } from '../platform/clock.ts';
import { about, decide, needs, offer } from './acts.ts';
import { courtList } from './court-list.ts';
import { knownBefore, manchesterRooms, otherRooms, sixteenOn } from './court-people.ts';
import { tellStay } from './custody-feed.ts';
import { told, type Stage } from './stage.ts';

const MANCHESTER = 'Manchester Magistrates’ Court';
const DAY = 24 * 60;

/** People on today's list whom the service met in custody before. */
export async function tellKnownBefore(stage: Stage): Promise<void> {
  const hannah = stage.as('hannah');
  const today = londonDate(stage.now);
  const tyler = {
    key: 'tyler',
    days: 26,
    person: { given: 'Tyler', family: 'Marsden', born: sixteenOn(today), sex: 'male' as const },
  };
  for (const { key, person, days } of [...knownBefore, tyler]) {
    const ended = stage.at(days * DAY);
    const stay = {
      key,
      person,
      suite: 'GM-LS',
      place: '5',
      arrived: 480,
      later: [
        [474, 'detention-authorised'],
        [0, 'bailed', { outcome: 'released-bail' }],
      ],
    } as const;
    const id = await tellStay(stage, stay, ended);
    await offer(stage, hannah, id, 'agreed');
    await decide(stage, hannah, id, [
      [about.seen, 'given'],
      [about.contact, 'refused'],
    ]);
    await needs(stage, hannah, id, [
      { kind: 'mental-health', basis: 'told-us', saidBy: person.given ?? 'the person', wantsHelp: 'yes' },
    ]);
  }
}

/** Today's lists, received this morning as the courts send them. */
export async function tellCourtLists(stage: Stage): Promise<void> {
  stage.at(70);
  const day = londonDate(stage.now);
  const lists = [
    ['B06IS', 'Manchester Magistrates’ Court', manchesterRooms(day), 1],
    ['B06MK', 'Stockport Magistrates’ Court', otherRooms.stockport, 2],
    ['B06BV', 'Bolton Magistrates’ Court', otherRooms.bolton, 3],
  ] as const;
  for (const [code, name, rooms, first] of lists) {
    const bytes = courtList({ code, name, first }, day, rooms);
    const report = await ingestCourtMessage(
      stage.modules.courts,
      stage.system('Court lists'),
      bytes,
      `${code}-list.xml`,
    );
    const listed = rooms.reduce((sum, room) => sum + room.lines.length, 0);
    if (!report.accepted || report.people !== listed)
      throw new Error(`The list of ${name} was not taken as told: ${JSON.stringify(report.issues)}`);
  }
}

/** Somebody on Manchester's list of today. */
export async function onTheList(stage: Stage, given: string, family: string): Promise<DayRow> {
  const maureen = stage.as('maureen');
  const rows = await stage.run(maureen, (tx) =>
    dayRows(tx, maureen, stage.siteId(MANCHESTER), londonDate(stage.now)),
  );
  const found = rows.find(
    (row) => row.givenNames === given && row.familyName?.toLowerCase() === family.toLowerCase(),
  );
  if (found === undefined) throw new Error(`${given} ${family} is not on the list`);
  return found;
}

/** Maureen says who it is when it is sure, and leaves the rest to be checked with the person. */
export async function confirmKnown(stage: Stage): Promise<void> {
  const maureen = stage.as('maureen');
  stage.at(58);
  for (const [given, family] of [
    ['Thomas', 'Ashworth'],
    ['Rhiannon', 'Pugh'],
    ['Adaeze', 'Nwosu'],
    ['Kieran', 'Walsh'],
    ['Tyler', 'Marsden'],
  ] as const) {
    const { appearanceId } = await onTheList(stage, given, family);
    const [best] =
      (await stage.run(maureen, (tx) => suggestionsFor(tx, maureen, [appearanceId]))).get(appearanceId) ?? [];
    if (best === undefined) throw new Error(`Nobody is suggested for ${given} ${family}`);
    const decided = await decideCourtMatch(stage.modules.courts, maureen, {
      appearanceId,
      personId: best.personId,
      decision: 'same',
      reason: null,
      reference: 'demonstration',
    });
    told(decided, `${given} ${family} is somebody we know`);
  }
}

/** What the court asked this morning. */
export async function tellCourtQuestions(stage: Stage): Promise<void> {
  const maureen = stage.as('maureen');
  const siteId = stage.siteId(MANCHESTER);
  const rhiannon = await onTheList(stage, 'Rhiannon', 'Pugh');
  stage.at(25);
  const anyone = await recordCourtRequest(stage.modules.courts, maureen, {
    siteId,
    appearanceId: null,
    about: 'Courtroom 6, no name yet',
    question: 'Does anyone need a psychiatric report today?',
    askedBy: 'District Judge’s clerk',
    neededBy: stage.now.add({ minutes: 330 }),
    reportWanted: false,
    ...stage.request(),
  });
  const { requestId } = told(anyone, 'a question of the court');
  stage.at(20);
  told(
    await takeCourtRequest(stage.modules.courts, maureen, { requestId, reference: 'demonstration' }),
    'answering the court',
  );
  stage.at(10);
  const support = await recordCourtRequest(stage.modules.courts, maureen, {
    siteId,
    appearanceId: rhiannon.appearanceId,
    about: null,
    question: 'Is there support in place that bail conditions should fit around?',
    askedBy: 'Legal adviser, courtroom 1',
    neededBy: stage.now.add({ minutes: 105 }),
    reportWanted: true,
    ...stage.request(),
  });
  told(support, 'a question about Rhiannon');
}
