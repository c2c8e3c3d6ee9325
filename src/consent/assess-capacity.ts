import { done, refused, type Outcome } from '../platform/result.ts';

/** One of the answers to a question of the assessment. Nothing defaults to "no". */
export type CapacityAnswer = 'yes' | 'no' | 'not-asked' | 'unknown';

/** The answers of one assessment, about one decision at one time. */
export interface CapacityAnswers {
  readonly understand: CapacityAnswer;
  readonly retain: CapacityAnswer;
  readonly useOrWeigh: CapacityAnswer;
  readonly communicate: CapacityAnswer;
  /** Asked only when one of the four was "no". */
  readonly becauseOfImpairment: CapacityAnswer;
  readonly impairment: string | null;
  readonly supportTried: string | null;
  readonly canWait: CapacityAnswer;
  readonly consulted: string | null;
}

export type CapacityOutcome = 'able' | 'not-able' | 'deferred';

/**
 * The Mental Capacity Act's test in its order: first whether the person can understand, retain, use or weigh and
 * communicate; only then whether an impairment of mind or brain causes what they cannot (JB [2021] UKSC 52; MCA 2005
 * ss2-3). Support comes before any "no" (s1(3)). What can wait is put off: drink and drugs wear off (domain.md 6.4).
 * Refuses an unfinished test; a doubt never turns into "not able" by itself.
 */
export function assessCapacity(
  answers: CapacityAnswers,
): Outcome<CapacityOutcome, 'unfinished' | 'support-needed' | 'cause-needed' | 'consult'> {
  const four = [answers.understand, answers.retain, answers.useOrWeigh, answers.communicate];
  if (four.every((answer) => answer === 'yes')) return done('able');
  if (answers.canWait === 'yes') return done('deferred');
  if (answers.supportTried === null)
    return refused('support-needed', 'Say what you tried that could help the person decide', 'supportTried');
  if (!four.includes('no'))
    return refused(
      'unfinished',
      'Answer all four questions, or say that the decision can wait',
      four[0] === 'yes' ? 'retain' : 'understand',
    );
  if (answers.becauseOfImpairment === 'no') return done('able');
  if (answers.becauseOfImpairment !== 'yes' || answers.impairment === null)
    return refused(
      'cause-needed',
      'Say whether an impairment of the mind or brain is the cause, and which',
      'becauseOfImpairment',
    );
  if (answers.canWait !== 'no') return refused('unfinished', 'Say whether the decision can wait', 'canWait');
  if (answers.consulted === null)
    return refused(
      'consult',
      'It cannot wait: say who you asked about the person’s best interests',
      'consulted',
    );
  return done('not-able');
}
