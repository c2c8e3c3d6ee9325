import type { ItemDecision } from './decide-item.ts';

/** What is not sent, for the author's page: the rows of the `held` macro, and the words above the sign button. */
export interface HeldBack {
  readonly count: number;
  /** "6 items are held back", "Nothing is held back". */
  readonly words: string;
  readonly title: string;
  readonly items: readonly {
    readonly what: string;
    readonly why: string;
    readonly act: { readonly href: string; readonly text: string } | null;
    readonly note: string;
  }[];
}

/** Names what stays, why, and what could change it. The reader never sees this list. */
export function heldBack(
  decisions: readonly ItemDecision[],
  about: { readonly personId: string; readonly name: string; readonly recipientKind?: string },
): HeldBack {
  const held = decisions.filter((decision) => decision.answer === 'may-not');
  const counted = `${held.length} ${held.length === 1 ? 'item' : 'items'}`;
  return {
    count: held.length,
    words:
      held.length === 0 ? 'Nothing is held back' : `${counted} ${held.length === 1 ? 'is' : 'are'} held back`,
    title: held.length === 0 ? 'Held back' : `Held back, ${counted}`,
    items: held.map((decision) => ({
      what: decision.item.label,
      why: decision.reason,
      act: actFor(decision, about),
      note: decision.basis === 'never' ? 'Never sent' : 'Not sent',
    })),
  };
}

function actFor(
  decision: ItemDecision,
  about: { readonly personId: string; readonly name: string; readonly recipientKind?: string },
): { readonly href: string; readonly text: string } | null {
  switch (decision.remedy) {
    case 'ask-person':
      return { href: `/people/${about.personId}/consent`, text: `Ask ${about.name}` };
    case 'record-legal-reason': {
      const query = new URLSearchParams({ category: decision.item.category });
      if (about.recipientKind !== undefined) query.set('recipient', about.recipientKind);
      return {
        href: `/people/${about.personId}/share-without-consent?${query.toString()}`,
        text: 'Record a legal reason',
      };
    }
    case null:
      return null;
  }
}
