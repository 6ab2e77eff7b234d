create table booking (id int primary key, room int not null, during tsrange not null);

insert into booking values (1, 1, '[2026-01-01,2026-01-02)'), (2, 1, '[2026-01-02,2026-01-03)');
