create sequence numbers;

alter sequence numbers owner to case_owner;
grant usage, select on sequence numbers to case_writer;
comment on sequence numbers is 'counts';
