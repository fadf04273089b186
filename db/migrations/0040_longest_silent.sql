-- The longest silent first, over a whole company: walked, where a quarter of a million forgotten clients were found and sorted (1.9 s of a
-- million).
create index clients_by_contact on clients (last_contact_at, id) where archived_at is null;
