-- Signing in: second step, resets, devices that were here before, and failures counted by all nodes together.

-- For whom a second step is asked: nobody, facilitators and administrators, or everyone.
alter table installation add column second_step text not null default 'off'
  check (second_step in ('off', 'facilitators', 'everyone'));

-- A name that its owner may see, and what they were using, in a few plain words.
alter table session add column session_id uuid not null unique default gen_random_uuid();
alter table session add column browser text not null default '';
-- A session that goes on under another key ends a moment later, so that what is on its way still arrives.
alter table session add column replaced_at timestamptz(3);

-- One authenticator app for each person; not in force before its first code was typed. A time step works once.
create table second_factor (
  user_id uuid primary key references app_user,
  secret bytea not null check (octet_length(secret) = 20),
  last_step bigint not null default 0,
  offered_at timestamptz(3) not null,
  confirmed_at timestamptz(3)
);

-- A code is deleted when it is used.
create table recovery_code (
  user_id uuid not null references app_user,
  code_hash text not null check (code_hash ~ '^[0-9a-f]{64}$'),
  primary key (user_id, code_hash)
);

-- Somebody has given the right password and still owes a code, or first has to set up the app that makes codes.
create table sign_in_step (
  step_hash text primary key check (step_hash ~ '^[0-9a-f]{64}$'),
  user_id uuid not null references app_user,
  offered_secret bytea check (octet_length(offered_secret) = 20),
  expires_at timestamptz(3) not null
);
create index sign_in_step_of_user on sign_in_step (user_id);

create table password_reset (
  token_hash text primary key check (token_hash ~ '^[0-9a-f]{64}$'),
  user_id uuid not null references app_user,
  expires_at timestamptz(3) not null
);
create index password_reset_of_user on password_reset (user_id);

-- A browser in which somebody signed in before.
create table known_device (
  user_id uuid not null references app_user,
  device_hash text not null check (device_hash ~ '^[0-9a-f]{64}$'),
  used_at timestamptz(3) not null,
  primary key (user_id, device_hash)
);

-- Attempts that failed or are under way, by what they count against (a hash: nobody's address is kept here).
create table attempt (
  attempt_id bigint generated always as identity primary key,
  bucket text not null check (bucket ~ '^[0-9a-f]{64}$'),
  made_at timestamptz(3) not null
);
create index attempt_of_bucket on attempt (bucket, made_at);

-- Who has to have a second step and has none: nothing else is open to them until they set one up. The demonstration's
-- people enter by one click and without a password, so a second step would guard nothing.
create view owes_second_step as
  select u.user_id
  from app_user u, installation i
  where i.second_step <> 'off'
    and not (u.is_demonstration and u.password_hash is null)
    and not exists (select from second_factor f where f.user_id = u.user_id and f.confirmed_at is not null)
    and (
      i.second_step = 'everyone' or u.is_administrator
      or exists (select from member m where m.user_id = u.user_id and m.role = 'facilitator' and m.left_at is null)
    );
