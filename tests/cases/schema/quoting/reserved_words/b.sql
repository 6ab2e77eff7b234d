create schema "group";
create table "order" (id int primary key, "user" varchar(30), "select" int default 1, "from" text check ("from" <> ''));
create index "where" on "order" ("user", "select");
create view "table" as select "user" as "all" from "order";
create function "end"("in" int, "out" text default 'limit') returns int language sql as 'select 1';
create type "enum" as enum ('null');
create table "group"."table" ("column" "enum", "check" int references "order" ("id"));
