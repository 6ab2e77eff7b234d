alter type mood add value 'great'; alter table t alter m set default 'great';
