-- Devices that nobody supervises are few, often none: the list of them walked the whole register to find that out.
create index transmitter_unsupervised on transmitter (world, id) where reporting_seconds is null;
