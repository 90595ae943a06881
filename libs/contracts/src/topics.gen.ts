// Generated from schemas/ by `npm run generate`. Do not edit: change the model and generate again.

export const topics = {
 "audit.activity.v1": {
  "partitions": 6,
  "record": "AuditEvent"
 },
 "audit.control.v1": {
  "partitions": 3,
  "record": "AuditEvent"
 },
 "audit.access.v1": {
  "partitions": 3,
  "record": "AuditEvent"
 },
 "audit.content.v1": {
  "partitions": 6,
  "record": "ContentRecord"
 },
 "audit.deadletter.v1": {
  "partitions": 1,
  "record": "DeadLetter"
 }
} as const;
