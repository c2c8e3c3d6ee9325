/** The roles this printer uses, all standard structure types (ISO 32000-1, 14.8.4). */
export type Role =
  | 'Document'
  | 'Div'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'P'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Table'
  | 'THead'
  | 'TBody'
  | 'TR'
  | 'TH'
  | 'TD';

/** A place in the structure tree. Children stand in reading order. */
export interface StructureNode {
  readonly role: Role;
  readonly scope?: 'Row' | 'Column';
  readonly children: StructureNode[];
}

/** Adds a place to the tree, after what is already there. */
export function addNode(parent: StructureNode, role: Role, scope?: 'Row' | 'Column'): StructureNode {
  const node: StructureNode = scope === undefined ? { role, children: [] } : { role, scope, children: [] };
  parent.children.push(node);
  return node;
}
