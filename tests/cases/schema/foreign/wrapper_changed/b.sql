create foreign data wrapper w options (a '2', b '3');
grant usage on foreign data wrapper w to case_reader;
comment on foreign data wrapper w is 'nothing';
