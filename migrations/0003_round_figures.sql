-- What a revealed round's snapshot will hold, computed once its scores cannot change any more; closing copies it.
create table round_figures (
  panel_id uuid not null,
  round integer not null,
  method text not null,
  input text not null,
  input_hash text not null,
  output text not null,
  output_hash text not null,
  -- Figures about one person: for facilitators, and for each reviewer their own. Never in a snapshot.
  second_looks text not null,
  prepared_at timestamptz not null default now(),
  primary key (panel_id, round),
  foreign key (panel_id, round) references round (panel_id, round)
);
