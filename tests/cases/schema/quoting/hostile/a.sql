create schema "a.b";
create table "a.b"."c""d" ("e'f" int primary key, "g;h" text);

insert into "a.b"."c""d" values (1, 'x');
