-- How many of the demonstration's panels are complete; a start that was interrupted goes on from there.
alter table installation add column demonstration_panels integer not null default 0;
update installation set demonstration_panels = 2 where exists (select from app_user where is_demonstration);
