-- The duty report of a day asks for entries of a few kinds by the time at which they happened. Signals, links and messages, nearly
-- all of what is appended, are in none of these: the hot path pays nothing.
create index entry_duty on entry (world, at)
  where kind in ('duty.noted', 'desk.silent', 'desk.answered', 'desk.proof-changed', 'paper.keyed',
    'shift.started', 'shift.crew-changed', 'shift.handover-accepted', 'shift.ended', 'shift.signed',
    'shift.sound-tested', 'shift.sheet-printed', 'storage.failed', 'storage.recovered');
-- Incidents of a day: the duty report and the receiving book.
create index incident_opened on incident (world, opened_at);
