-- How much each criterion matters to a reviewer: part of the sheet of a round. A draft goes with its review.
create table swing_points (
  panel_id uuid not null,
  round integer not null,
  member_id uuid not null,
  points jsonb not null check (jsonb_typeof(points) = 'object'),
  version integer not null check (version >= 1),
  saved_at timestamptz(3) not null default now(),
  primary key (panel_id, round, member_id),
  foreign key (panel_id, round, member_id) references review (panel_id, round, member_id) on delete cascade
);
