export {
  recordAudit,
  auditContent,
  auditHash,
  type AuditAction,
  type AuditActor,
  type AuditEntry,
} from './record-audit.ts';
