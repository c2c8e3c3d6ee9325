export { isNeedKind, needKinds, needLabel } from './need-kinds.ts';
export type { NeedKind } from './need-kinds.ts';
