create table booking (id int primary key, during tsrange);

alter table booking add constraint no_overlap exclude using gist (during with &&);
