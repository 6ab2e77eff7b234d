alter table t alter a type boolean using a = 'yes';
