create schema ext;

create extension pg_trgm with schema ext;
create table doc (id int primary key, body text);
create index doc_body_trgm on doc using gin (body ext.gin_trgm_ops);
