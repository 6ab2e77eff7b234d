create table booking (id int primary key, during tsrange);

insert into booking values (1, '[2026-01-01,2026-01-02)');
