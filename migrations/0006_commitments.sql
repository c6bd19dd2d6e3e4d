-- What each reviewer was given at submission: the exact text of the receipt, with the secret of its commitments. It waits
-- here, outside the audit chain, until the reveal; reopening takes it away, and the next submission makes a new one.
create table receipt (
  panel_id uuid not null,
  round integer not null,
  member_id uuid not null,
  receipt text not null,
  primary key (panel_id, round, member_id),
  foreign key (panel_id, round, member_id) references review (panel_id, round, member_id)
);
create trigger append_only before update on receipt for each row execute function refuse_change();

create function refuse_revealed_receipt() returns trigger language plpgsql as $$
begin
  if exists (select from round where panel_id = old.panel_id and round = old.round and revealed_at is not null) then
    raise exception 'the receipts of a revealed round stay' using errcode = 'restrict_violation', constraint = 'receipt_stays';
  end if;
  return old;
end $$;
create trigger receipt_stays before delete on receipt for each row execute function refuse_revealed_receipt();

-- The keys that the reveal opens to those who may read the answers: of one review's commitments, under the label that files
-- give it, or with an empty label of each cell's answers together.
create table opening (
  panel_id uuid not null,
  round integer not null,
  who text not null,
  keys text not null,
  primary key (panel_id, round, who),
  foreign key (panel_id, round) references round (panel_id, round)
);
create trigger append_only before update or delete on opening for each row execute function refuse_change();
