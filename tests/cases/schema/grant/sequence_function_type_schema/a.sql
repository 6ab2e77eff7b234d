create schema s;
create sequence s.q;
create function s.f() returns int language sql as 'select 1';
create procedure s.p() language sql as 'select 1';
create type s.e as enum ('a');
create domain s.d as int;
