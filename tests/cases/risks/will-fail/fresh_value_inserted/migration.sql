alter type mood add value 'great'; insert into t values ('great');
