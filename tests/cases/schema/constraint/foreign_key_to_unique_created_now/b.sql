create table p (id int primary key, code text);
create table c (id int primary key, code text);

alter table p add constraint p_code unique (code);
alter table c add constraint fk foreign key (code) references p (code);
