create table "ñandú" (id int primary key, "名前" text, "два
слова" int, "emoji 🙂" text);
create function "función"("año" int) returns int language sql as 'select 1';
comment on table "ñandú" is '漢字
line';
