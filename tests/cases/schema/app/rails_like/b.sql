create table users (id bigserial primary key, email character varying not null, created_at timestamp(6) without time zone not null, updated_at timestamp(6) without time zone not null, posts_count integer default 0 not null);
create unique index index_users_on_email on users using btree (email);
create table posts (id bigserial primary key, user_id bigint not null, title character varying default 'Untitled'::character varying not null, category_id bigint, metadata jsonb default '{}'::jsonb, constraint fk_rails_1 foreign key (user_id) references users (id) on delete cascade);
create table categories (id bigserial primary key, name character varying);
alter table posts add constraint fk_rails_2 foreign key (category_id) references categories (id);
create index index_posts_on_category_id on posts using btree (category_id);
create index index_posts_on_user_id_and_title on posts using btree (user_id, title);
create table schema_migrations (version character varying not null primary key);
