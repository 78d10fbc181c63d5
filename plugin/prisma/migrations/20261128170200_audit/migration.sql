-- What was changed, beside that something happened: {name, source, changes: [{path, before, after, hidden}]}. `audit_kind` is
-- null for what is no news to who asks who changed what, such as each offer; then none of the indexes below has the event.
ALTER TABLE "events" ADD COLUMN "audit_kind" TEXT, ADD COLUMN "audit" JSONB;

CREATE OR REPLACE FUNCTION append_events(rows jsonb) RETURNS TABLE ("seq" bigint) LANGUAGE plpgsql AS $$
DECLARE
  last bigint;
BEGIN
  SELECT CASE WHEN s.is_called THEN s.last_value ELSE 0 END INTO last FROM events_seq s;
  -- 80 and 66 are "P" and "B": keeps the keys apart from other users of advisory locks; 48 bits are left for the number.
  PERFORM pg_advisory_xact_lock_shared((80::bigint << 56) + (66::bigint << 48) + last);
  RETURN QUERY
    INSERT INTO events AS e (seq, at, type, subject_id, actor_kind, actor_id, actor_name, cause_seq, facts, audit_kind, audit)
    SELECT nextval('events_seq'), r.at, r.type, r.subject_id, r.actor_kind::"ActorKind", r.actor_id, r.actor_name, r.cause_seq, r.facts,
      r.audit_kind, r.audit
    FROM ROWS FROM (jsonb_to_recordset(rows) AS (
      at timestamptz, type text, subject_id uuid, actor_kind text, actor_id uuid, actor_name text, cause_seq bigint, facts jsonb,
      audit_kind text, audit jsonb
    )) AS r
    RETURNING e.seq;
END $$;

-- What happened before: who and when is known, what exactly is not.
UPDATE "events" SET "audit_kind" = CASE
    WHEN "type" IN ('sign_in_settings.updated', 'user.second_factor_on', 'user.second_factor_off', 'user.recovery_code_used',
      'session.right_changed', 'user.link_made', 'user.password_set', 'user.sign_in_failed', 'user.signed_in', 'user.signed_out', 'session.ended')
      THEN 'SIGN_IN'
    ELSE upper(split_part("type", '.', 1)) END
  WHERE "type" IN (
    'agent.created', 'agent.left', 'agent.updated', 'business_calendar.created', 'business_calendar.deleted', 'business_calendar.updated',
    'channel.updated', 'crm.connected', 'crm.disconnected', 'disposition.created', 'disposition.updated', 'entry_point.created',
    'entry_point.removed', 'entry_point.updated', 'intake_source.created', 'intake_source.revoked', 'intake_source.rotated', 'interaction.absorbed',
    'interaction.customer_linked', 'interaction.escalated', 'interaction.merged', 'interaction.priority_set', 'interaction.reopened',
    'interaction.sla_policy_set', 'interaction.split', 'interaction.split_off', 'interaction.transferred', 'interaction.updated',
    'presence_status.created', 'presence_status.updated', 'queue.created', 'queue.member_removed', 'queue.member_set', 'queue.updated',
    'rule.created', 'rule.deleted', 'rule.updated', 'session.ended', 'skill.created', 'sla_policy.created', 'sla_policy.deleted',
    'sla_policy.migrated', 'sla_policy.updated', 'team.created', 'team.updated', 'token.created', 'token.revoked', 'user.activated',
    'user.deactivated', 'user.invited', 'user.link_made', 'user.password_set', 'user.sign_in_failed', 'user.signed_in',
    'user.signed_out', 'user.updated', 'user.second_factor_on', 'user.second_factor_off', 'user.recovery_code_used',
    'sign_in_settings.updated', 'session.right_changed', 'delegation.created', 'delegation.ended'
  );

CREATE INDEX "events_audit" ON "events"("at", "seq") WHERE "audit_kind" IS NOT NULL;
CREATE INDEX "events_audit_kind" ON "events"("audit_kind", "at", "seq") WHERE "audit_kind" IS NOT NULL;
CREATE INDEX "events_audit_record" ON "events"("subject_id", "at", "seq") WHERE "audit_kind" IS NOT NULL;
CREATE INDEX "events_audit_actor" ON "events"("actor_id", "at", "seq") WHERE "audit_kind" IS NOT NULL;
CREATE INDEX "events_audit_actor_name" ON "events"("actor_name", "at", "seq") WHERE "audit_kind" IS NOT NULL;
CREATE INDEX "events_audit_cause" ON "events"("cause_seq", "at", "seq") WHERE "audit_kind" IS NOT NULL;
