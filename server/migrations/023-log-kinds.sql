-- The log by kind, newest first: with ten million entries a kind that is rare, or never was, was looked for in all of them.
-- Without the signals, by far the most: their pages are found at once in the order of positions, and the sequencer, which writes
-- this table for every frame, pays nothing for the index.
create index log_order_kind on log_order (world, kind, position) where kind <> 'signal.received';
