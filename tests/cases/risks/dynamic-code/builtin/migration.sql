select set_config('search_path', 'sales', false);
select count(*) from orders;
