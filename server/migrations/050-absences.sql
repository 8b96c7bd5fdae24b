-- A duty check that nobody answered waits for a person: claimed by somebody, then settled with what came of it. The web writes both.
create index duty_check_absence on duty_check (world, due_at) where state->>'absence' in ('open', 'claimed');
grant update (revision, state) on duty_check to keng_web;
