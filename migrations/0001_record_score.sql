-- Saving a score has one index less to keep: a cell's scores are found through the round's reviews.
drop index score_of_cell;

-- A reviewer keeps a draft of one cell: the whole transaction in one statement, because it is the one that everybody
-- waits for. The lock comes first, so that what is read next is newer than any phase move that went before; then a
-- compare-and-set on the version, and the revision. Answers where the writer stands, and what was kept, if it was.
create function record_score(
  in_panel uuid, by_member uuid, in_policy text, in_criterion text, seen integer, new_value bigint, new_non_score text,
  new_rationale text, new_reason text, new_note text,
  out phase text, out round integer, out review text, out is_in_scope boolean, out min integer, out max integer,
  out step integer, out version integer, out saved_at timestamptz
) returns setof record language plpgsql as $$
#variable_conflict use_column
declare
  stand record;
  kept record;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('phase/' || in_panel, 0));
  select p.phase, p.round, p.scale_min, p.scale_max, p.scale_step, c.policy_id is not null as is_in_scope into stand
  from panel p
  left join consensus c on c.panel_id = p.panel_id and c.round = p.round
    and c.policy_id = in_policy and c.criterion_id = in_criterion
  where p.panel_id = in_panel;
  if not found then return; end if;
  -- Held, so that the author cannot submit meanwhile.
  select v.state into review from review v
  where v.panel_id = in_panel and v.round = stand.round and v.member_id = by_member for share;
  phase := stand.phase;
  round := stand.round;
  is_in_scope := stand.is_in_scope;
  min := stand.scale_min;
  max := stand.scale_max;
  step := stand.scale_step;
  if phase = 'scoring' and review = 'drafting' and is_in_scope
    and (new_value is null or new_value between min and max and (new_value - min) % step = 0) then
    if seen = 0 then
      insert into score (panel_id, round, member_id, policy_id, criterion_id, value, non_score, rationale, change_reason,
        change_note, version)
      values (in_panel, stand.round, by_member, in_policy, in_criterion, new_value, new_non_score, new_rationale, new_reason,
        new_note, 1)
      on conflict do nothing
      returning score.version, score.saved_at into kept;
    else
      update score s set value = new_value, non_score = new_non_score, rationale = new_rationale,
        change_reason = new_reason, change_note = new_note, version = s.version + 1, saved_at = now()
      where s.panel_id = in_panel and s.round = stand.round and s.member_id = by_member
        and s.policy_id = in_policy and s.criterion_id = in_criterion and s.version = seen
      returning s.version, s.saved_at into kept;
    end if;
    if found then
      version := kept.version;
      saved_at := kept.saved_at;
      insert into score_revision (panel_id, round, member_id, policy_id, criterion_id, version, value, non_score, rationale,
        change_reason, change_note, saved_at)
      values (in_panel, stand.round, by_member, in_policy, in_criterion, kept.version, new_value, new_non_score,
        new_rationale, new_reason, new_note, kept.saved_at);
    end if;
  end if;
  return next;
end $$;
