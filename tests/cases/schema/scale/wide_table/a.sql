do $$ begin execute 'create table w (id int primary key, ' || (select string_agg(format('c%s int', i), ', ') from generate_series(1, 300) i) || ')'; end $$;

insert into w (id) values (1);
