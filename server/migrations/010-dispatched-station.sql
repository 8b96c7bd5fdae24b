-- Whoever sees an open incident sees the facility where it burns: hazards, water, contacts, what its devices say, and the chronology
-- from its first moment, also a station of another area. The row-level security of `incident` decides within; the list is made
-- once a statement, and only where a row is not seen by the organisation's own policy.
create policy dispatched on facility for select to keng_web
  using (world = 'live' and id in (select i.facility from incident i where i.world = 'live' and i.status = 'open'));
create policy dispatched on device_state for select to keng_web
  using (world = 'live' and facility in (select i.facility from incident i where i.world = 'live' and i.status = 'open'));
create policy dispatched on entry for select to keng_web
  using (world = 'live' and facility in (select i.facility from incident i where i.world = 'live' and i.status = 'open'));
