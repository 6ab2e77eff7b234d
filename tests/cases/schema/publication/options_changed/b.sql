create table t (id int primary key);

create publication p for table t with (publish = 'insert, truncate', publish_via_partition_root = true);
alter publication p owner to case_owner;
comment on publication p is 'out';
