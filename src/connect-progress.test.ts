import assert from 'node:assert/strict';
import test from 'node:test';
import { progressOf } from './connect-progress.ts';

const now = Temporal.Instant.from('2026-11-24T09:12:00Z');
const since = now.subtract({ hours: 96 });
const ago = (minutes: number) => now.subtract({ minutes });
const nothing = {
  personId: 'p',
  now,
  since,
  consent: undefined,
  screening: undefined,
  signed: undefined,
  report: undefined,
  handover: undefined,
};
const agreed = {
  subject: { kind: 'being-seen' },
  state: 'given',
  extent: null,
  partnerRecords: false,
  contactHow: null,
  decidedAt: ago(22),
  how: 'spoken',
  recordedBy: 'Hannah Osei',
  words: 'Agreed 08:50',
} as const;
const finished = {
  personId: 'p',
  status: 'finished',
  answered: 9,
  needed: 9,
  savedAt: ago(5),
  by: 'Hannah Osei',
} as const;
const report = {
  id: 'r',
  personId: 'p',
  hearingId: null,
  title: 'Report to the investigator',
  recipientName: 'DC Aled Price',
  status: 'sent',
  at: ago(3),
  neededBy: now.add({ minutes: 60 }),
  decided: false,
} as const;

test('somebody nobody has begun with is not on the service’s way yet', () => {
  assert.equal(progressOf(nothing), null);
});

test('somebody who agreed is to be screened within the hour', () => {
  const progress = progressOf({ ...nothing, consent: agreed });
  assert.equal(progress?.text, 'Agreed, not screened yet');
  assert.equal(progress.seen, false);
  assert.equal(progress.due?.text, 'Start screening');
  assert.equal(progress.due.by.toString(), ago(22).add({ minutes: 60 }).toString());
});

test('a consent of an earlier stay says nothing about this one', () => {
  assert.equal(progressOf({ ...nothing, consent: { ...agreed, decidedAt: ago(60 * 24 * 30) } }), null);
});

test('a half-done screening says how far it got and asks to be finished', () => {
  const progress = progressOf({
    ...nothing,
    consent: agreed,
    screening: { ...finished, status: 'part-done', answered: 4 },
  });
  assert.equal(progress?.text, 'Screening, 4 of 9');
  assert.equal(progress.shape, 'wait');
  assert.equal(progress.due?.verb, 'Finish screening');
});

test('a report that was sent is not shown as done until the other side has it', () => {
  const sent = progressOf({ ...nothing, screening: finished, report });
  assert.equal(sent?.shape, 'wait');
  assert.equal(sent.due?.waitsFor, 'DC Aled Price');
  const read = progressOf({ ...nothing, screening: finished, report: { ...report, status: 'read' } });
  assert.equal(read?.shape, 'done');
  assert.equal(read.due?.text, 'Ask what was decided');
  assert.equal(
    progressOf({ ...nothing, screening: finished, report: { ...report, status: 'read', decided: true } })
      ?.due,
    null,
  );
});

test('a draft is due when the reader needs it', () => {
  const progress = progressOf({
    ...nothing,
    screening: finished,
    report: { ...report, status: 'draft', at: null },
  });
  assert.equal(progress?.due?.text, 'Finish report to DC Aled Price');
  assert.equal(progress.due.by.toString(), report.neededBy.toString());
});
