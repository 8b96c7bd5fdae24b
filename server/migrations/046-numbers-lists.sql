-- Lists of what is rare: late, never done, or longer than some limit. Without these a list that finds little, or nothing, looks at every
-- incident of its period, the newest first. Each index holds only the incidents that such a list shows.
do $$
declare
  measure text;
  ordered text;
begin
  foreach measure in array array['owner', 'desk', 'station', 'turnout', 'arrival'] loop
    -- Nobody had to go where nothing was ordered.
    ordered := case when measure in ('turnout', 'arrival') then ' and state->''done'' ? ''order''' else '' end;
    execute format('create index numbers_incident_never_%s on numbers_incident (world, opened_at desc, incident) where %I is null and outcome <> ''''%s',
      measure, measure || '_ms', ordered);
    execute format('create index numbers_incident_over_%s on numbers_incident (world, %I) where %I > 60000', measure,
      measure || '_ms', measure || '_ms');
  end loop;
  -- The others have no limit of their own.
  foreach measure in array array['owner', 'desk', 'station'] loop
    execute format('create index numbers_incident_late_%s on numbers_incident (world, opened_at desc, incident) where late @> array[%L]',
      measure, measure);
  end loop;
end $$;
