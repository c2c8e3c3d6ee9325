import { parseCourtFile, countsOf } from '../src/courts/import/index.ts';
import { inventedCases, inventedList } from '../src/courts/import/invented-court-list.ts';

// How long a day's list takes to read, without the database: a real day can hold 745 cases in one file.
// The import as a whole has 10 seconds (issue 2); reading alone should stay well under 2.

for (const cases of [100, 745, 5_000]) {
  const whole = inventedList(inventedCases(cases));
  const damaged = whole.replace('<caseno>2600000050</caseno>', '<caseno>2600000050').slice(0, -2_000);
  for (const [name, text] of [
    ['whole', whole],
    ['damaged and cut short', damaged],
  ] as const) {
    const bytes = new TextEncoder().encode(text);
    const times: number[] = [];
    let people = 0;
    for (let round = 0; round < 5; round += 1) {
      const start = performance.now();
      const outcome = parseCourtFile(bytes);
      times.push(performance.now() - start);
      if (outcome.kind === 'court-message') people = countsOf(outcome.message).people;
    }
    times.sort((a, b) => a - b);
    console.log(
      JSON.stringify({
        list: name,
        cases,
        kilobytes: Math.round(bytes.length / 1024),
        people,
        medianMilliseconds: Math.round(times[2] ?? 0),
        slowestMilliseconds: Math.round(times[4] ?? 0),
      }),
    );
  }
}
