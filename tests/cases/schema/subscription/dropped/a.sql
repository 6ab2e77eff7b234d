create table t (id int primary key);

create subscription s connection 'host=nowhere.example dbname=x' publication p with (connect = false, slot_name = none, enabled = false);
