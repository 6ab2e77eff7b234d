create table users (id bigserial primary key, email character varying, created_at timestamp(6) without time zone not null, updated_at timestamp(6) without time zone not null);
create table posts (id bigserial primary key, user_id bigint not null, title character varying, constraint fk_rails_1 foreign key (user_id) references users (id));
create index index_posts_on_user_id on posts using btree (user_id);
create table schema_migrations (version character varying not null primary key);

insert into users (email, created_at, updated_at) values ('a', now(), now());
insert into posts (user_id, title) values (1, 'x');
insert into schema_migrations values ('1');
