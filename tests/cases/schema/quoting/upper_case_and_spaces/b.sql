create table "My Table" ("Id" bigint primary key, "First Name" text not null default 'x', "E-Mail" text unique);
create index "My Index" on "My Table" (lower("First Name"));
create sequence "My Seq" owned by "My Table"."Id";
create trigger "My Trigger" before update on "My Table" for each row execute function suppress_redundant_updates_trigger();
create policy "My Policy" on "My Table" to "Case Tester" using ("Id" > 0);
grant select ("First Name") on "My Table" to "Case Tester";
comment on column "My Table"."First Name" is 'x';
