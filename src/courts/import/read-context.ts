import type { ReadingLog } from './fields.ts';
import type { Envelope, NeutralHearing, SourceSystem } from './neutral-hearing.ts';
import type { IdentifierParsers } from './person-parts.ts';

/** What every reader is given. */
export interface ReadContext {
  readonly log: ReadingLog;
  readonly identifiers: IdentifierParsers | undefined;
}

/** What an envelope said about its message. */
export interface EnvelopeFacts {
  readonly envelopes: readonly Envelope[];
  readonly messageId: string | undefined;
  readonly sentAt: Temporal.Instant | undefined;
  readonly eventType: string | undefined;
}

export const noEnvelope: EnvelopeFacts = {
  envelopes: [],
  messageId: undefined,
  sentAt: undefined,
  eventType: undefined,
};

/** What a reader gives back, before repeats are joined. */
export interface ReadHearings {
  readonly variant: string;
  readonly sourceSystem: SourceSystem;
  readonly hearings: readonly NeutralHearing[];
  readonly sentAt?: Temporal.Instant | undefined;
  readonly eventType?: string | undefined;
  /** Set when nothing of the message could be used. */
  readonly refusal?: { readonly code: string; readonly reason: string };
}
