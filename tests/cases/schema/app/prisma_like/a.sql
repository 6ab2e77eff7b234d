create type "Role" as enum ('USER', 'ADMIN');
create table "User" ("id" text not null, "email" text not null, "role" "Role" not null default 'USER', "createdAt" timestamp(3) not null default current_timestamp, constraint "User_pkey" primary key ("id"));
create table "Post" ("id" serial not null, "title" text not null, "authorId" text not null, constraint "Post_pkey" primary key ("id"));
create unique index "User_email_key" on "User"("email");
alter table "Post" add constraint "Post_authorId_fkey" foreign key ("authorId") references "User"("id") on delete restrict on update cascade;

insert into "User" ("id", "email") values ('u', 'e');
insert into "Post" ("title", "authorId") values ('t', 'u');
