create table t (a int); create rule r as on update to t do nothing;
