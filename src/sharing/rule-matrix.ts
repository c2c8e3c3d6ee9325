import type { ConsentExtent } from '../consent/index.ts';
import type { ShareRule } from './decide-item.ts';
import {
  categoryLabels,
  itemCategories,
  recipientKinds,
  recipientLabels,
  type RecipientKind,
} from './recipient.ts';

const extentNeeded: Readonly<Record<ConsentExtent, string>> = {
  'recommendation-only': 'Agrees to the recommendation',
  'recommendation-and-needs': 'Agrees to needs',
  'all-relevant': 'Agrees to everything relevant',
};

/** The disclosure matrix as a page shows it: generated from the rules in force, so that it cannot differ from them. */
export function ruleMatrix(
  rules: readonly ShareRule[],
  today: Temporal.PlainDate,
): {
  readonly recipients: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly MatrixCell[] }[];
  readonly sources: readonly { readonly text: string; readonly status: string }[];
} {
  const inForce = rules.filter(
    (rule) =>
      Temporal.PlainDate.compare(rule.effectiveFrom, today) <= 0 &&
      (rule.effectiveTo === null || Temporal.PlainDate.compare(today, rule.effectiveTo) < 0),
  );
  const sources = new Map(inForce.map((rule) => [rule.source, rule.status]));
  return {
    recipients: recipientKinds.map((kind) => recipientLabels[kind]),
    rows: itemCategories.map((category) => ({
      label: categoryLabels[category],
      cells: recipientKinds.map((kind) =>
        cellOf(
          inForce.filter((rule) => rule.category === category && rule.recipientKind === kind),
          kind,
        ),
      ),
    })),
    sources: [...sources].map(([text, status]) => ({
      text,
      status: status === 'confirmed' ? 'Confirmed' : 'To be confirmed',
    })),
  };
}

interface MatrixCell {
  readonly recipient: string;
  readonly shape: 'done' | 'part' | 'stop';
  readonly text: string;
  /** Which part, when only a part may go. */
  readonly part: string | null;
}

function cellOf(rules: readonly ShareRule[], kind: RecipientKind): MatrixCell {
  const recipient = recipientLabels[kind];
  const care = rules.find((rule) => rule.basis === 'care-in-custody');
  const consent = rules.find((rule) => rule.basis === 'consent');
  if (care !== undefined)
    return { recipient, shape: 'done', text: 'Always, for care in custody', part: care.part };
  if (consent?.needsExtent)
    return {
      recipient,
      shape: 'part',
      text: consent.ownPermission ? 'Agrees to exactly this' : extentNeeded[consent.needsExtent],
      part: consent.part,
    };
  return { recipient, shape: 'stop', text: 'Never', part: null };
}
