create table "user" (id int primary key, nick text not null unique, status text);
create table channel (id int generated always as identity primary key, name text, owner_id int references "user");
create table channel_member (channel_id int references channel on delete cascade, user_id int references "user" on delete cascade, joined_at timestamptz default now(), primary key (channel_id, user_id));
create table message (id bigserial primary key, sender int not null references "user", channel_id int references channel on delete cascade, body text not null, sent timestamptz not null default now(), edited_at timestamptz, reply_to bigint references message on delete set null);
create index message_channel on message (channel_id, sent desc) include (sender);
alter table "user" add column last_message_id bigint references message on delete set null;
create view unread as select m.channel_id, c.user_id, count(*) as n from message m join channel_member c using (channel_id) where m.sent > c.joined_at group by 1, 2;
