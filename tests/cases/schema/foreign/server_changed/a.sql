create foreign data wrapper none;

create server far version '1' foreign data wrapper none options (host 'a', port '1');
