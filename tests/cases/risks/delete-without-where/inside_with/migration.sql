with moved as (delete from orders returning *) insert into archive select * from moved;
