-- Names that break what is not quoted: quotes, points, line ends, markup, 63 bytes, other scripts.
create schema "a.b";
create schema "S""q'";
create table "a.b"."t.(x)" ("c.d" int primary key, "e""f" text check ("e""f" <> ''), "select" int);
create table "S""q'"."<img src=x onerror=alert(1)>" (
    "line
end" int references "a.b"."t.(x)",
    "ñandú 日本 🐘" text default 'it''s \ "quoted" $$ ; -- no',
    "a: b" int generated always as identity,
    "%s {x} %(y)s" int not null,
    constraint "c.k (1)" check ("%s {x} %(y)s" > 0)
);
create table public."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" (
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy" serial primary key,
    b int not null unique
);
create index "i.(j)" on "a.b"."t.(x)" ("select");
alter table "a.b"."t.(x)" replica identity using index "t.(x)_pkey";
alter table "a.b"."t.(x)" cluster on "i.(j)";
create type "a.b"."E""(" as enum ('', 'a''b', 'c"d', 'e, f', '\n', '<b>');
create function "a.b"."f(g)"("a b" "a.b"."E""(", int default 1) returns "a.b"."E""("
    language sql as $$ select '<b>'::"a.b"."E""(" $$;
create aggregate "a.b"."agg(g)"(int) (sfunc = int4pl, stype = int);
create view "S""q'"."v: w" as select "select" as "x: y", "c.d" as "z""" from "a.b"."t.(x)";
create type "a.b"."pair" as ("m: n" int, "o p" text);
create function "a.b"."t()"() returns trigger language plpgsql as 'begin return new; end';
create trigger "tr.(1)" before insert on "a.b"."t.(x)"
    for each row execute function "a.b"."t()"('a''b', '\x');
create policy "p.(1)" on "a.b"."t.(x)" using ("select" > 1);
comment on column "S""q'"."v: w"."x: y" is 'a: "b" ''c'' \';
comment on column "a.b"."pair"."m: n" is 'a: b';
comment on function "a.b"."f(g)" is 'f';
comment on trigger "tr.(1)" on "a.b"."t.(x)" is 't';
grant select ("x: y") on "S""q'"."v: w" to public;
grant select ("c.d") on "a.b"."t.(x)" to public;
