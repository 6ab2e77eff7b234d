create table auth_user (id serial not null primary key, password varchar(128) not null, last_login timestamp with time zone null, is_superuser boolean not null, username varchar(150) not null unique);
create table auth_group (id serial not null primary key, name varchar(80) not null unique);
create table auth_user_groups (id serial not null primary key, user_id integer not null, group_id integer not null);
alter table auth_user_groups add constraint auth_user_groups_user_group_uniq unique (user_id, group_id);
alter table auth_user_groups add constraint auth_user_groups_user_fk foreign key (user_id) references auth_user (id) deferrable initially deferred;
alter table auth_user_groups add constraint auth_user_groups_group_fk foreign key (group_id) references auth_group (id) deferrable initially deferred;
create index auth_user_username_like on auth_user (username varchar_pattern_ops);

insert into auth_group (name) values ('x');
