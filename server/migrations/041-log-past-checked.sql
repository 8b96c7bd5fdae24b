-- Reads all entries once. The lock lets everybody read and write meanwhile: only another change of the table waits.
alter table entry validate constraint entry_past_ids;
