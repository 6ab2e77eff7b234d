create table t (id int primary key);

create subscription s connection 'host=elsewhere.example dbname=y' publication r with (connect = false, slot_name = none, binary = true, synchronous_commit = 'local', streaming = on);
comment on subscription s is 'in';
