create table booking (id int primary key, during tsrange, cancelled boolean not null default false);

alter table booking add constraint no_overlap exclude using gist (during with &&) where (not cancelled) deferrable;
