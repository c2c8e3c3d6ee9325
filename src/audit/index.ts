export { recordAudit, type AuditAction, type AuditActor, type AuditEntry } from './record-audit.ts';
export { openSealKey, sealAudit, type AuditHead, type SealKey } from './seal-audit.ts';
export { verifyAudit, type AuditVerdict } from './verify-audit.ts';
