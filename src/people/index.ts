export {
  asnInPncStyle,
  formatNhsNumber,
  readAsn,
  readCro,
  readIdentifier,
  readNhsNumber,
  readPnc,
  readPostcode,
  readUkPhone,
} from './identifiers.ts';
export type {
  IdentifierKind,
  IdentifierReading,
  NhsNumberRange,
  PhoneReading,
  PostcodeReading,
} from './identifiers.ts';
