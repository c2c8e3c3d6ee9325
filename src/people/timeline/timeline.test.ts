import assert from 'node:assert/strict';
import test from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as fc from 'fast-check';
import { layOutTimeline } from './draw-timeline.ts';
import { drawTimeline, groupTimeline, type TimelineEntry } from './index.ts';
import type { LaidBand, PlacedItem } from './lay-out-band.ts';
import { plot } from './plot.ts';

const now = Temporal.Instant.from('2026-11-24T09:12:00Z');

function entry(part: Partial<TimelineEntry> & Pick<TimelineEntry, 'id' | 'from'>): TimelineEntry {
  return {
    lane: 'custody',
    shape: 'note',
    to: null,
    ongoing: false,
    title: 'Seen by the nurse',
    detail: '',
    source: 'Custody record',
    tone: 'plain',
    ...part,
  };
}

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

const stay = entry({
  id: 'stay',
  shape: 'stay',
  from: at('2026-11-23T22:41:00Z'),
  ongoing: true,
  title: 'In custody, Longsight',
  tone: 'now',
});
const hearing = entry({
  id: 'hearing',
  lane: 'court',
  shape: 'hearing',
  from: at('2025-11-18T10:00:00Z'),
  title: 'Fine. Needs not known to the court',
  detail: 'Manchester Magistrates',
});

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function boxesOf(band: LaidBand): Box[] {
  return band.lanes.flatMap((lane) =>
    lane.items.map(({ item, y }: PlacedItem) => ({
      left: item.left,
      right: item.right,
      top: y,
      bottom: y + item.height,
    })),
  );
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Entries from three years ago to next week, crowded towards now, with titles of any length and script. */
const someEntries = fc
  .array(
    fc.record({
      lane: fc.constantFrom('custody', 'court', 'community'),
      shape: fc.constantFrom('stay', 'hearing', 'service', 'contact', 'note'),
      minutesAgo: fc.oneof(fc.integer({ min: -10_000, max: 1_600_000 }), fc.integer({ min: 0, max: 3000 })),
      lastsMinutes: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 2_000_000 })),
      ongoing: fc.boolean(),
      title: fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.constantFrom('GP visit', 'Navigator, lost contact'),
      ),
      tone: fc.constantFrom('plain', 'now', 'done', 'waiting', 'old'),
    }),
    { maxLength: 60 },
  )
  .map((parts) =>
    parts.map(({ minutesAgo, lastsMinutes, ...part }, index): TimelineEntry => {
      const from = now.subtract({ minutes: minutesAgo });
      const to = part.ongoing || lastsMinutes === null ? null : from.add({ minutes: lastsMinutes });
      return entry({ ...part, id: `e${index}`, from, to });
    }),
  );

test('no mark and no label ever lies on another, or outside the drawing', () => {
  fc.assert(
    fc.property(someEntries, fc.integer({ min: 1, max: 8 }), (entries, maxRows) => {
      const { years, hours } = layOutTimeline(entries, now, maxRows);
      for (const band of [years, hours]) {
        const boxes = boxesOf(band);
        boxes.forEach((a, index) => {
          assert.ok(a.left >= 0 && a.right <= plot.width, `${a.left} to ${a.right} is on the paper`);
          for (const b of boxes.slice(index + 1)) assert.ok(!overlap(a, b), 'two boxes overlap');
        });
        for (const lane of band.lanes)
          for (const { item, y } of lane.items)
            assert.ok(y >= lane.y && y + item.height <= lane.y + lane.height, 'stays in its lane');
      }
    }),
  );
});

test('the words of an item stand inside its own box', () => {
  fc.assert(
    fc.property(someEntries, (entries) => {
      const { years, hours } = layOutTimeline(entries, now);
      for (const { item } of [...years.lanes, ...hours.lanes].flatMap((lane) => lane.items)) {
        const left = item.label.anchor === 'start' ? item.label.x : item.label.x - item.label.width;
        assert.ok(left >= item.left - 0.001 && left + item.label.width <= item.right + 0.001);
        if (!item.label.inside)
          assert.ok(item.height > 26 || left >= item.to || left + item.label.width <= item.from);
      }
    }),
  );
});

test('everything drawn, left out for room or outside the window is in the list', () => {
  fc.assert(
    fc.property(someEntries, (entries) => {
      const { list } = drawTimeline(entries, now, { maxRows: 2 });
      assert.deepEqual(list.map((item) => item.id).sort(), entries.map((one) => one.id).sort());
      for (const item of list) assert.ok(item.source !== '');
    }),
  );
});

test('whatever a name or a note contains, the drawing is well-formed and shows it as text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 5 }), (titles) => {
      const entries = titles.map((title, index) =>
        entry({ id: `e${index}`, from: now.subtract({ hours: index + 1 }), title, detail: title }),
      );
      const { svg } = drawTimeline(entries, now);
      if (entries.length > 0) assert.equal(XMLValidator.validate(svg), true);
    }),
  );
  const nasty = entry({
    id: 'x',
    from: now.subtract({ hours: 1 }),
    title: `</text><script>alert("1")</script>&'`,
  });
  const { svg } = drawTimeline([nasty], now, { idPrefix: `a"><script>` });
  assert.ok(!svg.includes('<script'));
  assert.ok(svg.includes('&lt;/text&gt;&lt;script&gt;'));
  assert.ok(new XMLParser().parse(svg));
});

test('a person nobody has met before has a sentence and no drawing', () => {
  assert.deepEqual(drawTimeline([], now), { svg: '', list: [], statement: 'Nothing recorded before today' });
});

test('when everything happened today or since yesterday, the two years say so', () => {
  const today = entry({ id: 'a', from: at('2026-11-24T08:00:00Z') });
  const drawn = drawTimeline([today], now);
  assert.equal(drawn.statement, 'Nothing recorded before today');
  assert.ok(drawn.svg.includes('Nothing recorded before today'));
  const yesterday = entry({ id: 'b', from: at('2026-11-23T22:41:00Z') });
  assert.equal(drawTimeline([today, yesterday], now).statement, 'Nothing recorded before yesterday');
  assert.equal(drawTimeline([today, hearing], now).statement, null);
});

test('what is older than two years or still to come is listed and not drawn', () => {
  const old = entry({ id: 'old', from: at('2023-01-05T10:00:00Z'), title: 'Seen long ago' });
  const next = entry({ ...hearing, id: 'next', from: at('2026-12-08T10:00:00Z'), title: 'Second hearing' });
  const { svg, list } = drawTimeline([old, next, stay], now);
  assert.ok(!svg.includes('Seen long ago') && !svg.includes('Second hearing'));
  assert.deepEqual(
    list.map(({ id, group, when, drawn }) => ({ id, group, when, drawn })),
    [
      { id: 'next', group: 'Coming up', when: '8 December 2026, 10:00', drawn: false },
      { id: 'stay', group: 'Yesterday', when: 'Since yesterday 22:41', drawn: true },
      { id: 'old', group: '2023', when: '5 January 2023', drawn: false },
    ],
  );
});

test('a lane with more than it can hold says how many are in the list only', () => {
  const crowd = Array.from({ length: 9 }, (_, index) =>
    entry({ id: `e${index}`, from: now.subtract({ minutes: 30 + index }), title: `Observation ${index}` }),
  );
  const { svg, list } = drawTimeline(crowd, now, { maxRows: 2 });
  const left = list.filter((item) => !item.drawn).length;
  assert.ok(left > 0);
  assert.ok(svg.includes(`${left} more in the list`));
});

test('visits of one kind make one line of dots that says how often and when last', () => {
  const visits = ['2025-04-02', '2025-11-06', '2026-08-14'].map((day, index) =>
    entry({
      id: `v${index}`,
      lane: 'community',
      shape: 'contact',
      title: 'GP visit',
      from: at(`${day}T10:00:00Z`),
    }),
  );
  const { svg } = drawTimeline(visits, now);
  assert.ok(svg.includes('GP visit, 3 times, last 14 Aug 2026'));
  assert.equal(svg.split('<circle').length - 1, 3);
});

test('a stay that goes on is red among the years and carries its name through the last 24 hours', () => {
  const { svg } = drawTimeline([stay], now);
  assert.ok(svg.includes('since 23 Nov 22:41'));
  assert.equal(svg.split('fill="#d5281b"').length - 1, 1);
  assert.ok(svg.includes('fill="#fff">In custody, Longsight</text>'));
  assert.ok(svg.includes('Now 09:12'));
});

test('the list stands under today, yesterday and years, newest first, in plain dates', () => {
  const service = entry({
    id: 'service',
    lane: 'community',
    shape: 'service',
    from: at('2025-09-10T10:00:00Z'),
    to: at('2026-02-25T10:00:00Z'),
    title: 'Op COURAGE, finished',
  });
  const night = entry({ id: 'n', from: at('2026-11-24T03:30:00Z'), to: at('2026-11-24T07:50:00Z') });
  const groups = groupTimeline(drawTimeline([service, hearing, stay, night], now).list);
  assert.deepEqual(
    groups.map((group) => [group.heading, ...group.items.map((item) => item.when)]),
    [
      ['Today', 'Today 03:30 to 07:50'],
      ['Yesterday', 'Since yesterday 22:41'],
      ['2025', '18 November 2025', 'September 2025 to February 2026'],
    ],
  );
});

test('on the night the clocks go back the last 24 hours are still 24 hours long', () => {
  const morning = at('2026-10-25T08:00:00Z');
  const { hourScale } = layOutTimeline([], morning);
  assert.equal(hourScale.start.until(hourScale.end).total('hours'), 24);
  const { svg } = drawTimeline([entry({ id: 'a', from: at('2026-10-24T23:30:00Z') })], morning);
  assert.ok(svg.includes('00:30 Seen by the nurse'));
  assert.ok(svg.includes('00:00 Sun'));
});
