create access method heap2 type table handler heap_tableam_handler;
create table t (id int) using heap2;
comment on access method heap2 is 'heap again';
create access method tree type index handler bthandler;
