import type { OutboundMessage } from '../platform/outbox.ts';
import { dateLong } from '../platform/views/dates.ts';
import type { ReferralParts } from './parts.ts';

/** Where a link leads. */
export function linkAddress(parts: Pick<ReferralParts, 'baseUrl'>, token: string): string {
  return `${parts.baseUrl}/a/${token}`;
}

/** What stands in the outbox as the cause of a referral's messages, by which sharing stops them. */
export function causeOf(referralId: string): string {
  return `referral:${referralId}`;
}

/**
 * The e-mail with the link. It says that something waits and where: not who, not why, not even that it is about health.
 * It may lie in a shared mailbox for years.
 */
export function linkMessage(
  parts: Pick<ReferralParts, 'baseUrl' | 'organisation'>,
  message: {
    readonly areaId: string;
    readonly personId: string;
    readonly referralId: string;
    readonly to: string;
    readonly token: string;
    readonly expiresAt: Temporal.Instant;
    readonly reminder: boolean;
  },
): OutboundMessage {
  return {
    areaId: message.areaId,
    personId: message.personId,
    channel: 'email',
    recipient: message.to,
    template: message.reminder ? 'referral-reminder' : 'referral-link',
    content: {
      subject: message.reminder
        ? `Reminder: a referral from ${parts.organisation} waits for your answer`
        : `A referral from ${parts.organisation}`,
      lines: [
        message.reminder
          ? 'A referral sent to your service has no answer yet.'
          : 'A referral has been sent to your service.',
        'Open it and answer here. You need no account, and it takes about a minute.',
        linkAddress(parts, message.token),
        `The link works until ${dateLong(message.expiresAt.subtract({ milliseconds: 1 }))}. If it was not meant for you, delete this message.`,
      ],
    },
    causedBy: causeOf(message.referralId),
  };
}
