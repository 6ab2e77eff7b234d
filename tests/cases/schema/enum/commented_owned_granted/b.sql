create type mood as enum ('sad', 'ok');

comment on type mood is 'how it is';
alter type mood owner to case_owner;
revoke usage on type mood from public;
grant usage on type mood to case_reader;
