create schema core;
create table core.tenant (id int primary key);
