create table p (id bigint, at timestamp);
create table c (id bigint, at timestamp, x text);

insert into c values (1, now(), 'x');
