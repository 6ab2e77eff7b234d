-- What PostgreSQL 18 brought.
create extension btree_gist;
create table t (
    a int, b int, doubled int generated always as (a * 2) virtual,
    tripled int generated always as (b * 3) stored,
    c int constraint c_is_there not null, d int not null no inherit,
    check (a > 0) not enforced, constraint late check (b > 0) not valid
);
alter table t add constraint a_there not null a not valid;
create table p (id int, during daterange, primary key (id, during without overlaps));
create table q (
    id int, during daterange,
    foreign key (id, period during) references p (id, period during) not enforced
);
create table parted (k int primary key, n int generated always as identity) partition by list (k);
create table parted_1 partition of parted for values in (1);
alter table parted add constraint kept foreign key (k) references parted not valid;
create domain d as int constraint there not null;
