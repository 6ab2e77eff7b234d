alter type mood add value 'great';
-- next
insert into t values ('great');
