create table p (id int primary key, name text);
create table c (id int primary key, p_id int references p);
create view v as select p.id, p.name, count(c.id) as n from p left join c on c.p_id = p.id group by p.id;
