import type { Tx } from '../platform/database.ts';
import type { SignedInViewer, Viewer } from './viewer.ts';

/**
 * What makes it this viewer's business to open a person's record. Each module registers its own in app.ts:
 * "detained in your suite", "listed in your court", "on your caseload", "referred to you".
 */
export interface RelationshipSource {
  readonly name: string;
  /**
   * Of these people, the ones the viewer has this relationship with, each with the words the page shows:
   * "You opened this record because they are …".
   */
  find(tx: Tx, viewer: SignedInViewer, personIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Why a viewer may open a record. */
export interface Relationship {
  readonly source: string;
  /** Finishes the sentence "You opened this record because they are …". */
  readonly because: string;
}

/** Answers, for a set of people, which of them this viewer may open and why. The first source that answers wins. */
export async function findRelationships(
  sources: readonly RelationshipSource[],
  tx: Tx,
  viewer: Viewer,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Relationship>> {
  const found = new Map<string, Relationship>();
  if (personIds.length === 0) return found;
  if (viewer.kind === 'system') {
    for (const id of personIds) found.set(id, { source: 'system', because: 'handled by the system' });
    return found;
  }
  if (viewer.kind !== 'staff') return found;
  for (const source of sources) {
    const missing = personIds.filter((id) => !found.has(id));
    if (missing.length === 0) break;
    for (const [id, because] of await source.find(tx, viewer, missing)) {
      if (!found.has(id)) found.set(id, { source: source.name, because });
    }
  }
  return found;
}
