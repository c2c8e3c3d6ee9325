import { testArea } from '../src/access/test-area.ts';
import { ingestCourtMessage } from '../src/courts/index.ts';
import { inventedCases, inventedList } from '../src/courts/import/invented-court-list.ts';
import { systemClock } from '../src/platform/clock.ts';
import { openDatabase } from '../src/platform/database.ts';
import { testDatabase } from '../src/platform/test-database.ts';

// How long a day's list takes from bytes to a court day with suggestions, on a real PostgreSQL. The budget for 745
// cases in one file is 10 seconds (issue 2); the aim is 3. A repeat and a corrected list are timed as well.

const files = await testDatabase();
const database = openDatabase({ appUrl: files.appUrl });
const owner = openDatabase({ appUrl: files.ownerUrl, poolSize: 2 });
try {
  const area = await testArea(database, owner, 'Measured area');
  const parts = { database, clock: systemClock };
  for (const cases of [100, 745]) {
    const day = cases === 745 ? '24/11/2026' : '25/11/2026';
    const list = inventedList(inventedCases(cases), day);
    const corrected = list.replaceAll('<def_sex>N</def_sex>', '<def_sex>F</def_sex>');
    for (const [name, text] of [
      ['first', list],
      ['repeated', list],
      ['corrected', corrected],
    ] as const) {
      const bytes = new TextEncoder().encode(text);
      const start = performance.now();
      const report = await ingestCourtMessage(parts, area.system, bytes, `${name}.xml`);
      console.log(
        JSON.stringify({
          list: name,
          cases,
          people: report.people,
          added: report.added,
          changed: report.changed,
          milliseconds: Math.round(performance.now() - start),
        }),
      );
    }
  }
} finally {
  await database.close();
  await owner.close();
  await files.drop();
}
