import {
  BinaryOperationNode,
  OperationNodeTransformer,
  OperatorNode,
  ParensNode,
  PrimitiveValueListNode,
  RawNode,
  ValueListNode,
  ValueNode,
  type KyselyPlugin,
  type OperationNode,
} from 'kysely';

// `where id in ($1, $2, …)` is another text for every length of the list, so that lists use up a connection's named
// statements and are planned anew each time (bench/README.md). `id = any($1)` is one text whatever the length: this
// rewrites the one into the other. PostgreSQL takes the array's type from the column beside it.

class ArrayLists extends OperationNodeTransformer {
  protected override transformBinaryOperation(node: BinaryOperationNode): BinaryOperationNode {
    const seen = super.transformBinaryOperation(node);
    const operator = OperatorNode.is(seen.operator) ? seen.operator.operator : undefined;
    if (operator !== 'in' && operator !== 'not in') return seen;
    const values = listOf(seen.rightOperand);
    if (values === null) return seen;
    return BinaryOperationNode.create(
      seen.leftOperand,
      OperatorNode.create(operator === 'in' ? '=' : '<>'),
      RawNode.create([operator === 'in' ? 'any(' : 'all(', ')'], [ValueNode.create(values)]),
    );
  }
}

/** The plain values of a list, or null when it is a subquery or holds expressions. */
function listOf(node: OperationNode): readonly unknown[] | null {
  if (ParensNode.is(node)) return listOf(node.node);
  if (PrimitiveValueListNode.is(node)) return node.values;
  if (!ValueListNode.is(node)) return null;
  const values: unknown[] = [];
  for (const item of node.values) {
    if (!ValueNode.is(item) || item.immediate === true) return null;
    values.push(item.value);
  }
  return values;
}

const transformer = new ArrayLists();

/** Makes every list of values one parameter. */
export const arrayLists: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
  transformResult: async ({ result }) => result,
};
