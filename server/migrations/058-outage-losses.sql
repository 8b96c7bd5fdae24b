-- The list of an outage shows the losses that belong to it, and not whatever else of its area or carrier is lost: the desk reads which they are.
create index link_lost_outage on link_lost (world, outage, transmitter) where outage is not null;

grant select (world, transmitter, path, outage) on link_lost to keng_web;
-- Whoever sees the transmitter sees that it is lost.
create policy web on link_lost for select to keng_web
  using (world = 'live' and exists (select from transmitter t where t.world = link_lost.world and t.id = link_lost.transmitter));
