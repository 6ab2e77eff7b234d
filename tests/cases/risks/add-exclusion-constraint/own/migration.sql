create table bookings (during tstzrange);
alter table bookings add exclude using gist (during with &&);
