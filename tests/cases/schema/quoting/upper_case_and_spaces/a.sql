create table "My Table" ("Id" int primary key, "First Name" text);

insert into "My Table" values (1, 'x');
