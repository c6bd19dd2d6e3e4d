-- Concord's first schema. Every panel-owned table has panel_id first in its primary key, so that panels can later be
-- spread over several databases by it.

create table installation (
  only_one boolean primary key default true check (only_one),
  setup_token_hash text,
  administrator_id uuid
);
insert into installation default values;

create table app_user (
  user_id uuid primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  password_hash text,
  is_administrator boolean not null default false,
  is_demonstration boolean not null default false,
  created_at timestamptz(3) not null default now(),
  disabled_at timestamptz(3)
);
alter table installation add foreign key (administrator_id) references app_user;

create table session (
  session_hash text primary key check (session_hash ~ '^[0-9a-f]{64}$'),
  user_id uuid not null references app_user,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create index session_of_user on session (user_id);

create table personal_token (
  token_id uuid primary key,
  user_id uuid not null references app_user,
  name text not null,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create index personal_token_of_user on personal_token (user_id);

create table idempotency (
  user_id uuid not null references app_user,
  key_hash text not null,
  request_hash text not null,
  answer bytea,
  created_at timestamptz(3) not null default now(),
  primary key (user_id, key_hash)
);

create table outbox_mail (
  mail_id uuid primary key,
  recipient text not null,
  subject text not null,
  body text not null,
  created_at timestamptz(3) not null default now(),
  sent_at timestamptz(3)
);

create table panel (
  panel_id uuid primary key,
  title text not null,
  question text not null,
  synthetic boolean not null default false,
  phase text not null default 'draft' check (phase in ('draft', 'scoring', 'discussion', 'closed')),
  round integer check (round >= 1),
  protocol jsonb not null,
  protocol_hash text not null,
  rubric_version integer not null default 1,
  scale_min integer not null,
  scale_max integer not null check (scale_max > scale_min),
  scale_step integer not null check (scale_step > 0),
  secret bytea not null,
  version bigint not null default 1,
  state_version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  check ((phase = 'draft') = (round is null))
);

create table rubric (
  panel_id uuid not null references panel,
  version integer not null check (version >= 1),
  rubric jsonb not null,
  policies jsonb not null,
  reference_reading jsonb,
  rubric_hash text not null,
  created_at timestamptz(3) not null default now(),
  primary key (panel_id, version)
);

create table member (
  panel_id uuid not null references panel,
  member_id uuid not null,
  user_id uuid not null references app_user,
  role text not null check (role in ('facilitator', 'reviewer', 'observer')),
  scores boolean not null,
  group_label text,
  code text,
  joined_at timestamptz(3) not null default now(),
  left_at timestamptz(3),
  primary key (panel_id, member_id),
  unique (panel_id, user_id),
  unique (panel_id, code),
  check (scores or role <> 'reviewer'),
  check (not scores or role <> 'observer')
);
create index member_of_user on member (user_id);

create table invitation (
  panel_id uuid not null references panel,
  invitation_id uuid not null,
  email text not null,
  role text not null check (role in ('facilitator', 'reviewer', 'observer')),
  scores boolean not null,
  group_label text,
  invited_by uuid not null,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  accepted_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (panel_id, invitation_id),
  foreign key (panel_id, invited_by) references member (panel_id, member_id)
);

create table round (
  panel_id uuid not null references panel,
  round integer not null check (round >= 1),
  rubric_version integer not null,
  opened_at timestamptz(3) not null default now(),
  revealed_at timestamptz(3),
  closed_at timestamptz(3),
  primary key (panel_id, round),
  foreign key (panel_id, rubric_version) references rubric (panel_id, version),
  check (closed_at is null or revealed_at is not null)
);

create table review (
  panel_id uuid not null,
  round integer not null,
  member_id uuid not null,
  state text not null default 'drafting' check (state in ('drafting', 'submitted', 'absent')),
  submitted_at timestamptz(3),
  reopened_reason text,
  saw_board boolean not null default false,
  primary key (panel_id, round, member_id),
  foreign key (panel_id, round) references round (panel_id, round),
  foreign key (panel_id, member_id) references member (panel_id, member_id),
  check ((state = 'submitted') = (submitted_at is not null))
);

-- The stored consensus, one row for each cell in a round's scope from the moment the round opens.
create table consensus (
  panel_id uuid not null,
  round integer not null,
  policy_id text not null,
  criterion_id text not null,
  position integer not null,
  eligible integer not null default 0,
  n integer not null default 0,
  cannot_judge integer not null default 0,
  abstain integer not null default 0,
  recused integer not null default 0,
  absent integer not null default 0,
  counts integer[] not null default '{}',
  median numeric,
  iqr numeric,
  disagreement text check (disagreement in ('none', 'some', 'strong')),
  verdict text not null default 'too-few' check (verdict in ('agreed', 'contested', 'too-few')),
  direction text check (direction in ('supports', 'opposes', 'neutral')),
  rule jsonb,
  method text not null default '',
  version bigint not null default 0,
  computed_at timestamptz(3),
  primary key (panel_id, round, policy_id, criterion_id),
  foreign key (panel_id, round) references round (panel_id, round),
  check ((verdict = 'agreed') = (direction is not null))
);

create table policy_consensus (
  panel_id uuid not null,
  round integer not null,
  policy_id text not null,
  perspectives jsonb not null,
  version bigint not null default 1,
  primary key (panel_id, round, policy_id),
  foreign key (panel_id, round) references round (panel_id, round)
);

-- The one current score of a member for a cell in a round, draft or submitted (the review's state says which).
create table score (
  panel_id uuid not null,
  round integer not null,
  member_id uuid not null,
  policy_id text not null,
  criterion_id text not null,
  value integer,
  non_score text check (non_score in ('cannot-judge', 'abstain', 'recused')),
  rationale text not null,
  change_reason text,
  change_note text,
  after_sight boolean not null default false,
  version integer not null check (version >= 1),
  saved_at timestamptz(3) not null default now(),
  primary key (panel_id, round, member_id, policy_id, criterion_id),
  foreign key (panel_id, round, member_id) references review (panel_id, round, member_id),
  foreign key (panel_id, round, policy_id, criterion_id) references consensus (panel_id, round, policy_id, criterion_id),
  check (value is null or non_score is null)
);
create index score_of_cell on score (panel_id, round, policy_id, criterion_id);

create table score_revision (
  panel_id uuid not null,
  round integer not null,
  member_id uuid not null,
  policy_id text not null,
  criterion_id text not null,
  version integer not null,
  value integer,
  non_score text,
  rationale text not null,
  change_reason text,
  change_note text,
  saved_at timestamptz(3) not null default now(),
  primary key (panel_id, round, member_id, policy_id, criterion_id, version)
);

-- Insert-only queues, filled in the commit of the act that counts and drained by any node.
create table pending_cell (
  panel_id uuid not null,
  id bigint generated always as identity,
  round integer not null,
  policy_id text not null,
  criterion_id text not null,
  enqueued_at timestamptz(3) not null default now(),
  primary key (panel_id, id)
);
create table pending_act (
  panel_id uuid not null,
  id bigint generated always as identity,
  enqueued_at timestamptz(3) not null default now(),
  primary key (panel_id, id)
);
create index pending_cell_order on pending_cell (id);
create index pending_act_order on pending_act (id);
alter table pending_cell set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
alter table pending_act set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

create table snapshot (
  panel_id uuid not null,
  version integer not null check (version >= 1),
  round integer not null,
  method_id text not null,
  method_version text not null,
  input text not null,
  input_hash text not null,
  output text not null,
  output_hash text not null,
  created_at timestamptz(3) not null default now(),
  primary key (panel_id, version),
  unique (panel_id, round),
  foreign key (panel_id, round) references round (panel_id, round)
);

-- Audit: events are inserted in the transaction of the act; a flush seals them into the hash chain.
create table audit_event (
  panel_id uuid not null references panel,
  id bigint generated always as identity,
  line text not null,
  primary key (panel_id, id)
);
create table audit_batch (
  panel_id uuid not null references panel,
  batch integer not null check (batch >= 1),
  count integer not null check (count >= 1),
  head text not null,
  primary key (panel_id, batch)
);
create table audit_link (
  panel_id uuid not null,
  seq bigint not null check (seq >= 1),
  event_id bigint not null,
  leaf text not null,
  batch integer not null,
  primary key (panel_id, seq),
  unique (panel_id, event_id),
  foreign key (panel_id, event_id) references audit_event (panel_id, id),
  foreign key (panel_id, batch) references audit_batch (panel_id, batch)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete on score_revision for each row execute function refuse_change();
create trigger append_only before update or delete on snapshot for each row execute function refuse_change();
create trigger append_only before update or delete on audit_event for each row execute function refuse_change();
create trigger append_only before update or delete on audit_batch for each row execute function refuse_change();
create trigger append_only before update or delete on audit_link for each row execute function refuse_change();

create function refuse_score_off_scale() returns trigger language plpgsql as $$
declare
  scale record;
begin
  if new.value is null then return new; end if;
  select scale_min, scale_max, scale_step into scale from panel where panel_id = new.panel_id;
  if new.value < scale.scale_min or new.value > scale.scale_max or (new.value - scale.scale_min) % scale.scale_step <> 0 then
    raise exception '% is not a level of the scale', new.value using errcode = 'check_violation', constraint = 'score_within_scale';
  end if;
  return new;
end $$;
create trigger score_within_scale before insert or update of value on score for each row execute function refuse_score_off_scale();

create function refuse_thawed_protocol() returns trigger language plpgsql as $$
begin
  if old.phase <> 'draft' and (new.protocol, new.scale_min, new.scale_max, new.scale_step) is distinct from (old.protocol, old.scale_min, old.scale_max, old.scale_step) then
    raise exception 'the protocol is frozen once round 1 has opened' using errcode = 'check_violation', constraint = 'protocol_is_frozen';
  end if;
  return new;
end $$;
create trigger protocol_is_frozen before update on panel for each row execute function refuse_thawed_protocol();

create function refuse_amended_rubric() returns trigger language plpgsql as $$
begin
  if exists (select from round where panel_id = old.panel_id and rubric_version = old.version) then
    raise exception 'a rubric version is frozen once a round has opened under it' using errcode = 'check_violation', constraint = 'rubric_is_frozen';
  end if;
  return new;
end $$;
create trigger rubric_is_frozen before update or delete on rubric for each row execute function refuse_amended_rubric();

-- For analysts: what counts, that is submitted reviews only.
create view score_view as
  select s.panel_id, p.title as panel, p.synthetic, r.rubric_version, s.round, s.policy_id, s.criterion_id,
         s.member_id, m.code, m.group_label, s.value, s.non_score, s.rationale, v.submitted_at, s.change_reason, s.after_sight
  from score s
  join review v using (panel_id, round, member_id)
  join member m using (panel_id, member_id)
  join round r using (panel_id, round)
  join panel p using (panel_id)
  where v.state = 'submitted';

create view consensus_view as
  select c.panel_id, p.title as panel, p.synthetic, c.round, c.policy_id, c.criterion_id, c.eligible, c.n, c.cannot_judge,
         c.abstain, c.recused, c.absent, c.counts, c.median, c.iqr, c.disagreement, c.verdict, c.direction, c.rule, c.method,
         r.closed_at
  from consensus c
  join round r using (panel_id, round)
  join panel p using (panel_id);
