create schema "a.b";
create table "a.b"."c""d" ("e'f" int primary key, "g;h" text default ';--', "$$" int, "i\j" text, "%s" int, "{x}" int, ":y" int, "<img onerror=alert(1)>" text);
create index "k.l""m" on "a.b"."c""d" ("g;h");
alter table "a.b"."c""d" add constraint "n""o'p" check ("$$" > 0);
comment on column "a.b"."c""d"."%s" is '%s %% {x}';
create view "a.b"."v ""w""" as select "i\j" as "--", "{x}" as "/*" from "a.b"."c""d";
