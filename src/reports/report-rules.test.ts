import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ItemDecision, ShareItem } from '../sharing/index.ts';
import { reachedBefore, reachedWords } from './before-decision.ts';
import { saysHeldBack } from './held-words.ts';
import { printedReport } from './printed-report.ts';
import { contentMistakes, readContent, typedContent } from './report-content.ts';
import { composeDocument, documentText, listItems } from './report-document.ts';
import { chaseOf, reportState, stateWords, type SendingFacts } from './report-status.ts';
import {
  reportTemplates,
  templateFor,
  templateOf,
  templatesOn,
  type SectionKey,
} from './report-templates.ts';

const at = (time: string) => Temporal.Instant.from(`2026-11-24T${time}:00Z`);
const instants = fc.integer({ min: 0, max: 86_400_000 }).map((ms) => at('00:00').add({ milliseconds: ms }));

test('a report that was there before the decision is told apart from one that came after', () => {
  const times = { receivedAt: at('10:00'), readAt: null, decidedAt: at('10:30') };
  assert.equal(reachedBefore(times), 'before');
  assert.equal(reachedBefore({ ...times, receivedAt: at('10:31') }), 'after');
  assert.equal(reachedBefore({ ...times, receivedAt: null }), 'not-received');
  assert.equal(reachedBefore({ ...times, decidedAt: null }), 'not-decided');
  assert.equal(reachedWords(times, at('11:00')), 'There 10:00, before the decision, 10:30');
  assert.equal(
    reachedWords({ ...times, receivedAt: null }, at('11:00')),
    'Nobody had it when they decided, 10:30',
  );
});

test('people say times to the minute: opened at 10:30:40 and decided at 10:30 counts as before', () => {
  assert.equal(
    reachedBefore({
      receivedAt: Temporal.Instant.from('2026-11-24T10:30:40Z'),
      readAt: null,
      decidedAt: at('10:30'),
    }),
    'before',
  );
});

test('a later decision never makes a report that was in time late', () => {
  fc.assert(
    fc.property(
      instants,
      instants,
      fc.integer({ min: 0, max: 86_400_000 }),
      (receivedAt, decidedAt, later) => {
        const first = reachedBefore({ receivedAt, readAt: null, decidedAt });
        const second = reachedBefore({
          receivedAt,
          readAt: null,
          decidedAt: decidedAt.add({ milliseconds: later }),
        });
        return first !== 'before' || second === 'before';
      },
    ),
    { numRuns: 10_000 },
  );
});

const nothing: SendingFacts = {
  sentAt: at('09:20'),
  deliveredAt: null,
  receivedAt: null,
  readAt: null,
  stoppedAt: null,
};

test('a report is green only when the other side has it', () => {
  const shape = (...sendings: readonly SendingFacts[]) =>
    stateWords(reportState({ signedAt: at('09:15'), sendings }), at('10:00')).shape;
  assert.equal(stateWords(reportState({ signedAt: null, sendings: [] }), at('10:00')).shape, 'wait');
  assert.equal(shape(), 'wait');
  assert.equal(shape(nothing), 'wait');
  assert.equal(shape({ ...nothing, deliveredAt: at('09:21') }), 'wait');
  assert.equal(shape({ ...nothing, receivedAt: at('09:30') }), 'done');
  assert.equal(shape({ ...nothing, readAt: at('09:31') }), 'done');
  assert.equal(shape({ ...nothing, stoppedAt: at('09:22') }), 'stop');
});

test('one sending that was opened counts, though another was stopped', () => {
  const status = reportState({
    signedAt: at('09:15'),
    sendings: [
      { ...nothing, stoppedAt: at('09:22') },
      { ...nothing, receivedAt: at('09:40') },
    ],
  });
  assert.equal(status.state, 'received');
});

test('ten minutes before a report is needed somebody rings, and not when it has been opened', () => {
  const base = {
    state: 'sent' as const,
    neededBy: at('10:15'),
    phone: '0161 496 0142',
    recipient: 'DC Aled Price',
    now: at('09:20'),
  };
  assert.equal(chaseOf(base)?.words, 'If nobody has opened it by 10:05 ring 0161 496 0142');
  assert.deepEqual(chaseOf({ ...base, now: at('10:05') })?.due, true);
  assert.equal(
    chaseOf({ ...base, phone: null })?.words,
    'If nobody has opened it by 10:05 ring DC Aled Price',
  );
  assert.equal(chaseOf({ ...base, state: 'received' }), null);
  assert.equal(chaseOf({ ...base, neededBy: null }), null);
});

const facts = {
  marking: 'Official, sensitive.',
  personLine: 'Callum Brennan, born 17 August 1992',
  whereLine: 'Longsight custody',
  recipientName: 'DC Aled Price',
  author: 'Hannah Osei',
  basisLine: 'Callum Brennan agreed to this report.',
};

test('a section that may not go is in no word of the document or of the paper, whatever is typed in it', () => {
  const keys: readonly SectionKey[] = [
    'recommendation',
    'needs',
    'taking-part',
    'arranged',
    'sources',
    'not-available',
  ];
  fc.assert(
    fc.property(
      fc.subarray([...keys], { minLength: 1 }),
      fc.constantFrom(...reportTemplates),
      (closed, template) => {
        const typed = Object.fromEntries(keys.map((key) => [key, `Secret-of-${key}.`]));
        const document = composeDocument(template, readContent(template, typed), new Set(closed), facts);
        const paper = JSON.stringify(
          printedReport(
            document,
            { number: 1, handedTo: null, replacedBy: null },
            { by: 'H', at: at('09:14') },
          ).blocks,
        );
        const words = documentText(document);
        return closed.every(
          (key) => !words.includes(`Secret-of-${key}`) && !paper.includes(`Secret-of-${key}`),
        );
      },
    ),
    { numRuns: 2000 },
  );
});

test('every template keeps its limits, and only a court is told of treatment requirements and psychiatric reports', () => {
  for (const template of reportTemplates) {
    const document = composeDocument(template, readContent(template, {}), new Set(), facts);
    assert.match(documentText(document), /Screening, not diagnosis\. No opinion on guilt\./);
    assert.equal(template.psychiatricReport, template.recipient === 'court', template.key);
    assert.equal(template.treatmentRequirements, template.purpose === 'sentence', template.key);
    assert.equal(templateOf(template.key), template);
  }
  const today = Temporal.PlainDate.from('2026-11-24');
  assert.equal(templateFor('court', 'sentence', today)?.key, 'court-sentence-1');
  assert.equal(templateFor('custody-officer', 'sentence', today), null);
  assert.deepEqual(templatesOn(Temporal.PlainDate.from('2018-01-01')), []);
});

test('an untouched treatment requirement says nothing, and a recommended one needs every step before it', () => {
  const template = templateOf('court-sentence-1');
  const read = (typed: Record<string, string | string[]>) =>
    readContent(template, { heard: 'yes', recommendation: 'A.', ...typed });
  assert.doesNotMatch(documentText(composeDocument(template, read({}), new Set(), facts)), /requirement/);
  const started = read({ atr: ['considered', 'screened'] });
  assert.match(
    documentText(composeDocument(template, started, new Set(), facts)),
    /Alcohol treatment requirement: considered, screened\. Not yet: clinical lead agreed, person consented, recommended/,
  );
  const about = { shortName: 'Cal', isChild: false };
  assert.deepEqual(contentMistakes(started, about), []);
  assert.equal(contentMistakes(read({ atr: ['recommended'] }), about)[0]?.field, 'atr');
  const all = ['considered', 'screened', 'lead-agreed', 'consented', 'recommended'];
  assert.deepEqual(contentMistakes(read({ mhtr: all }), about), []);
  assert.match(
    contentMistakes(read({ mhtr: all }), { ...about, isChild: true })[0]?.message ?? '',
    /18 and over/,
  );
  assert.equal(contentMistakes(read({ psychiatric: 'yes' }), about)[0]?.field, 'psychiatric-question');
});

test('nobody has said whether the person heard it until somebody says so', () => {
  const template = templateOf('charge-investigator-1');
  const content = readContent(template, { recommendation: 'A.' });
  assert.equal(content.heard, null);
  assert.equal(contentMistakes(content, { shortName: 'Cal', isChild: false })[0]?.field, 'heard');
});

test('what was written comes back as it was typed', () => {
  const template = templateOf('court-sentence-1');
  const typed = {
    recommendation: 'One.\nTwo.',
    heard: 'not-yet',
    atr: ['considered'],
    psychiatric: 'yes',
    'psychiatric-question': 'fitness-to-plead',
    'psychiatric-detail': 'He could not follow.',
  };
  const content = readContent(template, typed);
  assert.deepEqual(readContent(template, typedContent(content)), content);
});

test('sentences and lines both become points', () => {
  assert.deepEqual(listItems('Deaf in left ear: sit on his right. A break every 30 minutes.'), [
    'Deaf in left ear: sit on his right',
    'A break every 30 minutes',
  ]);
  assert.deepEqual(listItems('- One. Two.\n- Three'), ['One. Two', 'Three']);
});

const decision = (item: Partial<ShareItem>, answer: ItemDecision['answer']): ItemDecision => ({
  item: { key: 'k', category: 'need', label: item.label ?? 'Drugs', ...item },
  answer,
  reason: '',
  basis: 'none',
  remedy: null,
  part: null,
  ruleId: null,
  legalReasonId: null,
});

test('words that give away what is held back are found at the beginning of a word, in any case', () => {
  const held = [decision({ needKind: 'self-harm', label: 'Self-harm and suicidal thoughts' }, 'may-not')];
  for (const text of ['He is SUICIDAL.', 'after an overdose', 'thoughts of ending his life'])
    assert.deepEqual(saysHeldBack(text, held), ['Self-harm and suicidal thoughts'], text);
  assert.deepEqual(saysHeldBack('He needs somewhere to live.', held), []);
  const scores = [decision({ category: 'score', label: 'PHQ-9 scores' }, 'may-not')];
  assert.deepEqual(saysHeldBack('Scored 18 on the PHQ-9', scores), ['PHQ-9 scores']);
});

test('a need that may go from one source is not warned about because another source is held back', () => {
  const both = [
    decision({ needKind: 'trauma', label: 'Trauma' }, 'may'),
    decision({ key: 'p', needKind: 'trauma', category: 'partner-record', label: 'Trauma' }, 'may-not'),
  ];
  assert.deepEqual(saysHeldBack('Trauma.', both), []);
});
