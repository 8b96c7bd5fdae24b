-- An incident is written in the transaction that its screens wait for. Whoever opens one reads its facility and its organisation in that
-- very transaction, and no role of the program may delete either (schema.test.ts): the foreign keys looked for both again, and locked
-- one and the same row of the province for every alarm of a storm.
alter table incident drop constraint incident_world_facility_fkey;
alter table incident drop constraint incident_world_organisation_fkey;
