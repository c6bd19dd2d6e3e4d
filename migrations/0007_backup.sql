-- A panel that came from a bundle keeps what its record says, whoever is behind it on this installation.

-- Stands for somebody who is known from such a record alone: nobody's account, and nobody's to enter.
alter table app_user add column is_placeholder boolean not null default false;

-- The name and address of a member in the record, where their account here has others.
alter table member add column record_name text;
alter table member add column record_email text;

-- How many cells a reviewer had answered, where the record tells the number and not the answers.
alter table review add column complete_in_record integer check (complete_in_record >= 0);

-- A cell of which the record tells only how many scored it, because they were too few to be shown.
create table withheld_cell (
  panel_id uuid not null,
  round integer not null,
  policy_id text not null,
  criterion_id text not null,
  n integer not null check (n >= 0),
  cannot_judge integer not null check (cannot_judge >= 0),
  abstain integer not null check (abstain >= 0),
  recused integer not null check (recused >= 0),
  primary key (panel_id, round, policy_id, criterion_id),
  foreign key (panel_id, round, policy_id, criterion_id) references consensus (panel_id, round, policy_id, criterion_id)
);
